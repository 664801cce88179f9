import { Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudOff, IconPencil, IconRefresh } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Saving } from "../editor/copy";
import type { DraftStore } from "../editor/store";

const LOOKS = {
  saved: { icon: IconCheck, color: "var(--db-green)" },
  waiting: { icon: IconPencil, color: "var(--db-text-3)" },
  saving: { icon: IconRefresh, color: "var(--db-text-3)" },
  offline: { icon: IconCloudOff, color: "var(--db-amber)" },
  refused: { icon: IconAlertTriangle, color: "var(--db-red)" },
  conflict: { icon: IconAlertTriangle, color: "var(--db-amber)" },
} as const satisfies Record<Saving["state"], unknown>;

/** Whether the working copy is saved, in words. */
export function SavingWords({ saving }: { readonly saving: Saving }) {
  const { t } = useTranslation("sequences");
  const { icon: Icon, color } = LOOKS[saving.state];
  return (
    <Group gap={6} wrap="nowrap" role="status" miw={0}>
      <Icon size={14} stroke={1.75} color={color} aria-hidden style={{ flex: "none" }} />
      <Text fz="xs" c="dimmed" truncate>
        {saving.state === "refused" ? t("saving.refused", { why: saving.why }) : t(`saving.${saving.state}`)}
      </Text>
    </Group>
  );
}

const SAVED: Saving = { state: "saved" };

/** The same, where nothing else shall be drawn anew for it. */
export function SavingNow({ store }: { readonly store: DraftStore }) {
  const saving = useSyncExternalStore(store.subscribe, () => store.current()?.saving ?? SAVED);
  return <SavingWords saving={saving} />;
}
