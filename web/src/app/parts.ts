// How Mantine's components look and behave here, before any prop is written. Only their types are imported:
// `Button.extend` and its like would bring the code of each component to the first page.
import {
  type ActionIconFactory,
  type BadgeFactory,
  type ButtonFactory,
  type CheckboxFactory,
  type DrawerFactory,
  type ExtendComponent,
  type FactoryPayload,
  type InputFactory,
  type MantineThemeComponent,
  type MenuFactory,
  type ModalFactory,
  type PopoverFactory,
  type RadioFactory,
  rem,
  type SegmentedControlFactory,
  type SelectFactory,
  type SwitchFactory,
  type TableFactory,
  type TextFactory,
  type TextInputFactory,
  type TooltipFactory,
} from "@mantine/core";
import { token } from "./tokens";

const FIELD = rem(32);
const SMALL = rem(26);
const FLOATING = {
  radius: "lg",
  shadow: "xl",
  transitionProps: { transition: "pop", duration: 140 },
} as const;
const OVERLAY = { color: token("scrim"), backgroundOpacity: 1 };

/** Type a part as the component's own `extend` does. */
function part<Of extends FactoryPayload>(looks: ExtendComponent<Of>): MantineThemeComponent {
  return looks;
}

export const parts = {
  Button: part<ButtonFactory>({
    defaultProps: { size: "sm", fw: 500 },
    vars: (_theme, { size }) => ({
      root: size === "sm" ? { "--button-height": FIELD } : size === "xs" ? { "--button-height": SMALL } : {},
    }),
  }),
  ActionIcon: part<ActionIconFactory>({
    defaultProps: { size: "md", variant: "subtle", color: "gray" },
    vars: (_theme, { size }) => ({ root: size === "md" ? { "--ai-size": FIELD } : {} }),
  }),
  Input: part<InputFactory>({
    defaultProps: { size: "sm" },
    vars: (_theme, { size }) => ({ wrapper: size === "sm" ? { "--input-height": FIELD } : {} }),
  }),
  Checkbox: part<CheckboxFactory>({ defaultProps: { size: "xs", radius: "xs" } }),
  Radio: part<RadioFactory>({ defaultProps: { size: "xs" } }),
  Text: part<TextFactory>({ defaultProps: { size: "sm" } }),
  TextInput: part<TextInputFactory>({ defaultProps: { size: "sm" } }),
  Select: part<SelectFactory>({
    defaultProps: { size: "sm", comboboxProps: { radius: "lg", shadow: "xl" } },
  }),
  Badge: part<BadgeFactory>({ defaultProps: { variant: "light", tt: "none", fw: 500 } }),
  Table: part<TableFactory>({ defaultProps: { verticalSpacing: 0, highlightOnHover: true } }),
  Modal: part<ModalFactory>({
    defaultProps: {
      radius: "xl",
      centered: true,
      size: 600,
      padding: 20,
      overlayProps: OVERLAY,
      transitionProps: { duration: 180 },
    },
  }),
  Drawer: part<DrawerFactory>({
    defaultProps: { overlayProps: OVERLAY, transitionProps: { duration: 180 } },
  }),
  Popover: part<PopoverFactory>({ defaultProps: FLOATING }),
  // The placeholder would be a child that a menu may not have; without it the first item has the focus.
  Menu: part<MenuFactory>({ defaultProps: { ...FLOATING, withInitialFocusPlaceholder: false } }),
  Tooltip: part<TooltipFactory>({ defaultProps: { openDelay: 400 } }),
  SegmentedControl: part<SegmentedControlFactory>({ defaultProps: { size: "sm" } }),
  Switch: part<SwitchFactory>({ defaultProps: { size: "sm" } }),
};
