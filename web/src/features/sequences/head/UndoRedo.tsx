import { ActionIcon, Group } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Editor } from "../editor/useDraft";

/** Take back, and do again. */
export function UndoRedo({ editor }: { readonly editor: Editor }) {
  const { t } = useTranslation("sequences");
  const { past, future } = editor.copy.history;
  const acts = [
    { name: "undo", icon: IconArrowBackUp, possible: past.length > 0 },
    { name: "redo", icon: IconArrowForwardUp, possible: future.length > 0 },
  ] as const;
  return (
    <Group gap={0} wrap="nowrap" visibleFrom="sm">
      {acts.map(({ name, icon: Icon, possible }) => (
        <ActionIcon
          key={name}
          variant="transparent"
          aria-label={t(name)}
          title={t(name)}
          disabled={!possible}
          opacity={possible ? 1 : 0.5}
          onClick={() => {
            editor.store[name]();
          }}
        >
          <Icon size={18} stroke={1.75} />
        </ActionIcon>
      ))}
    </Group>
  );
}
