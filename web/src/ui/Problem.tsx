import { Group, Text } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface ProblemProps {
  readonly tone: "red" | "amber" | "green";
  /** What is wrong. */
  readonly title: string;
  /** Whom it touches, with a count, and why. */
  readonly text?: ReactNode;
  /** The one fix, as a button. */
  readonly children?: ReactNode;
}

const ICONS = { red: IconAlertOctagon, amber: IconAlertTriangle, green: IconCheck } as const;

/** A problem: what, whom it touches, and its fix beside it. */
export function Problem({ tone, title, text, children }: ProblemProps) {
  const Icon = ICONS[tone];
  return (
    <Group wrap="nowrap" gap="sm" align="flex-start" py={8}>
      <Icon
        size={16}
        stroke={1.75}
        color={`var(--db-${tone})`}
        aria-hidden
        style={{ flex: "none", marginTop: 2 }}
      />
      <Text component="div" inherit flex={1} miw={0}>
        <Text span inherit fw={500}>
          {title}
        </Text>
        {text !== undefined && (
          <Text component="div" inherit c="dimmed">
            {text}
          </Text>
        )}
      </Text>
      {children}
    </Group>
  );
}
