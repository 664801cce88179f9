// How Mantine's components look and behave here, before any prop is written.
import {
  ActionIcon,
  Badge,
  Button,
  Input,
  Menu,
  Modal,
  Popover,
  rem,
  SegmentedControl,
  Select,
  Switch,
  Table,
  Text,
  TextInput,
  Tooltip,
} from "@mantine/core";
import { token } from "./tokens";

const FIELD = rem(32);
const SMALL = rem(26);
const FLOATING = {
  radius: "lg",
  shadow: "xl",
  transitionProps: { transition: "pop", duration: 140 },
} as const;

export const parts = {
  Button: Button.extend({
    defaultProps: { size: "sm", fw: 500 },
    vars: (_theme, { size }) => ({
      root: size === "sm" ? { "--button-height": FIELD } : size === "xs" ? { "--button-height": SMALL } : {},
    }),
  }),
  ActionIcon: ActionIcon.extend({
    defaultProps: { size: "md", variant: "subtle", color: "gray" },
    vars: (_theme, { size }) => ({ root: size === "md" ? { "--ai-size": FIELD } : {} }),
  }),
  Input: Input.extend({
    defaultProps: { size: "sm" },
    vars: (_theme, { size }) => ({ wrapper: size === "sm" ? { "--input-height": FIELD } : {} }),
  }),
  Text: Text.extend({ defaultProps: { size: "sm" } }),
  TextInput: TextInput.extend({ defaultProps: { size: "sm" } }),
  Select: Select.extend({ defaultProps: { size: "sm", comboboxProps: { radius: "lg", shadow: "xl" } } }),
  Badge: Badge.extend({ defaultProps: { variant: "light", tt: "none", fw: 500 } }),
  Table: Table.extend({ defaultProps: { verticalSpacing: 0, highlightOnHover: true } }),
  Modal: Modal.extend({
    defaultProps: {
      radius: "xl",
      centered: true,
      size: 600,
      overlayProps: { color: token("scrim"), backgroundOpacity: 1 },
      transitionProps: { duration: 180 },
    },
  }),
  Popover: Popover.extend({ defaultProps: FLOATING }),
  Menu: Menu.extend({ defaultProps: FLOATING }),
  Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400 } }),
  SegmentedControl: SegmentedControl.extend({ defaultProps: { size: "sm" } }),
  Switch: Switch.extend({ defaultProps: { size: "sm" } }),
};
