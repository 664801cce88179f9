import { Group, Text } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Banner.module.css";

interface BannerProps {
  readonly tone: "red" | "amber";
  readonly title: string;
  readonly text: ReactNode;
  /** The fix. */
  readonly children?: ReactNode;
}

/** A lasting state of the whole page: what, what it means, and at the right its fix. */
export function Banner({ tone, title, text, children }: BannerProps) {
  const Icon = tone === "red" ? IconAlertOctagon : IconAlertTriangle;
  return (
    <Group role="status" wrap="nowrap" gap="sm" className={classes.banner} data-tone={tone}>
      <Icon size={16} stroke={1.75} color={`var(--db-${tone})`} aria-hidden style={{ flex: "none" }} />
      <Text inherit flex={1} miw={0}>
        <Text span inherit fw={600}>
          {title}
        </Text>{" "}
        <Text span inherit c="dimmed">
          {text}
        </Text>
      </Text>
      {children}
    </Group>
  );
}
