import { Button, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { compared } from "@/flow/compare";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { merged } from "@/flow/threeWay";
import { closeToast, failToast, undoToast } from "@/ui/toasts";
import { Counts } from "../compare/Counts";
import type { Sides } from "../compare/words";
import type { Editor } from "../editor/useDraft";
import { problemText } from "../problemText";
import { useReplaced } from "./useReplaced";

export interface RestoreProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
  /** What it is called: "version 3". */
  readonly name: string;
  /** What is restored, and the working copy that it replaces. */
  readonly sides: Sides;
}

/** Make a version the working copy again: an edit like any other, so that it can be undone. */
export function Restore(props: RestoreProps) {
  const { t } = useTranslation("compare");
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          setAsking(true);
        }}
      >
        {t("restore.do")}
      </Button>
      {asking && <Asking {...props} onClose={close} />}
    </>
  );
}

/** Says first what will be different, and how to get back. */
function Asking({ sequence, editor, name, sides, onClose }: RestoreProps & { readonly onClose: () => void }) {
  const { t } = useTranslation("compare");
  const { t: steps } = useTranslation("sequences");
  const [busy, setBusy] = useState(false);
  const { keep } = useReplaced(sequence.id, editor.document);
  const comparison = useMemo(() => compared(editor.document, sides.before), [editor.document, sides]);
  const { store } = editor;
  const restore = async () => {
    setBusy(true);
    try {
      const replaced = editor.document;
      keep(replaced);
      store.edit(() => sides.before);
      const restored = store.current()?.history.present ?? sides.before;
      await store.flush();
      onClose();
      const toast = undoToast({
        text: t("restore.done", { name }),
        undo: () => {
          closeToast(toast);
          if (store.current()?.history.present === restored) store.undo();
          // What was done since then stays.
          else store.edit((held) => merged(restored, replaced, held).document);
        },
      });
    } catch (error) {
      failToast(problemText(steps, error) ?? "");
    } finally {
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      opened
      title={t("restore.title", { name })}
      confirm={t("restore.do")}
      busy={busy}
      onConfirm={() => void restore()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text>
          {t("restore.brings")} <Counts comparison={comparison} />
        </Text>
        <Text c="dimmed">{t("restore.hint")}</Text>
      </Stack>
    </ConfirmDialog>
  );
}
