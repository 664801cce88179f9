import { Group, Kbd, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type KeyGroup, keyGroups } from "@/ui/keys";
import { useFocusBack } from "@/ui/useFocusBack";
import { useEntries } from "@/ui/registry";
import { closeHelp } from "./help";

/** The keys that work now: those of the room first. */
export default function Help() {
  const { t } = useTranslation();
  useFocusBack();
  const groups = useEntries(keyGroups).filter((group) => group.where !== "dialog");
  return (
    <Modal opened onClose={closeHelp} title={t("keys.title")} closeButtonProps={{ "aria-label": t("close") }}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {groups.toReversed().map((group, index) => (
          <Keys key={`${group.title}${index}`} group={group} />
        ))}
      </SimpleGrid>
    </Modal>
  );
}

function Keys({ group }: { readonly group: KeyGroup }) {
  const acts = group.acts.filter((act) => act.label !== "");
  if (acts.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text fw={600}>{group.title}</Text>
      {acts.map((act) => (
        <Group key={act.keys} justify="space-between" wrap="nowrap" gap="sm">
          <Text c="dimmed">{act.label}</Text>
          <Group gap={4} wrap="nowrap">
            {caps(act.keys).map((cap) => (
              <Kbd key={cap} size="xs">
                {cap}
              </Kbd>
            ))}
          </Group>
        </Group>
      ))}
    </Stack>
  );
}

const MAC = /mac|iphone|ipad/i.test(navigator.userAgent);
const CAPS: Readonly<Record<string, string>> = {
  mod: MAC ? "⌘" : "Ctrl",
  shift: "⇧",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  " ": "Space",
};

/** Write "mod+k" and "g t" as the caps that one presses. */
export function caps(keys: string): string[] {
  return keys.split(/(?<=.)[ +](?=.)/).map((key) => CAPS[key] ?? key);
}
