import { Group, Text } from "@mantine/core";
import { IconArchive, IconPencil, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { SequenceStatus } from "@/api/sequences";

export const STATUS_LOOKS = {
  draft: { icon: IconPencil, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  active: { icon: IconPlayerPlay, color: "var(--db-accent-text)", wash: "var(--db-accent-wash)" },
  paused: { icon: IconPlayerPause, color: "var(--db-amber)", wash: "var(--db-amber-wash)" },
  archived: { icon: IconArchive, color: "var(--db-text-3)", wash: "var(--db-hover)" },
} as const;

interface StatusProps {
  readonly status: SequenceStatus;
  /** As a washed pill, for the head of a page. */
  readonly pill?: boolean;
}

/** The status of a sequence: icon and word. */
export function Status({ status, pill = false }: StatusProps) {
  const { t } = useTranslation("sequences");
  const { icon: Icon, color, wash } = STATUS_LOOKS[status];
  return (
    <Group
      component="span"
      gap={6}
      wrap="nowrap"
      style={{ flex: "none" }}
      {...(pill && { bg: wash, px: 8, h: 22, bdrs: 11 })}
    >
      <Icon size={pill ? 13 : 14} stroke={1.75} color={color} aria-hidden />
      <Text span fz="xs" fw={500} c={pill && status !== "draft" ? color : "var(--db-text)"}>
        {t(`status.${status}`)}
      </Text>
    </Group>
  );
}
