import { Button, Stack, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { compared } from "@/flow/compare";
import type { FlowDocument } from "@/flow/document";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { merged } from "@/flow/threeWay";
import { useFocusBack } from "@/ui/useFocusBack";
import { closeToast, failToast, undoToast } from "@/ui/toasts";
import { Counts } from "../compare/Counts";
import type { Sides } from "../compare/words";
import type { Editor } from "../editor/useDraft";
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
  const [busy, setBusy] = useState(false);
  const { keep } = useReplaced(sequence.id, editor.document);
  const comparison = useMemo(() => compared(editor.document, sides.before), [editor.document, sides]);
  const { store } = editor;
  useFocusBack();
  const tell = useTold(editor, name);
  const restore = async () => {
    setBusy(true);
    const replaced = editor.document;
    keep(replaced);
    store.edit(() => sides.before);
    const restored = store.current()?.history.present ?? sides.before;
    const isSaved = await store.flush();
    onClose();
    tell(isSaved, restored, replaced);
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

/** Say what came of it: restored with the way back, restored here alone, or refused and as before. */
function useTold({ store }: Editor, name: string) {
  const { t } = useTranslation("compare");
  return (isSaved: boolean, restored: FlowDocument, replaced: FlowDocument) => {
    const saving = store.current()?.saving;
    // A dialog of its own asks what shall hold.
    if (saving?.state === "conflict") return;
    if (saving?.state === "refused") {
      store.undo();
      failToast(t("restore.refused", { name, why: saving.why }));
      return;
    }
    const toast = undoToast({
      text: t(isSaved ? "restore.done" : "restore.later", { name }),
      undo: () => {
        closeToast(toast);
        if (store.current()?.history.present === restored) store.undo();
        // What was done since then stays.
        else store.edit((held) => merged(restored, replaced, held).document);
      },
    });
  };
}
