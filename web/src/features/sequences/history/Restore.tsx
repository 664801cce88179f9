import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchVersion } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { FlowDocument } from "@/flow/document";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { failToast, undoToast } from "@/ui/toasts";
import type { Editor } from "../editor/useDraft";
import { problemText } from "../problemText";

interface RestoreProps {
  readonly sequence: Sequence;
  readonly editor: Editor;
  readonly number: number;
}

/** Make a version the working copy again: an edit like any other, so that it can be undone. */
export function Restore({ sequence, editor, number }: RestoreProps) {
  const { t } = useTranslation("sequences");
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const { store } = editor;
  const restore = async () => {
    setBusy(true);
    try {
      const version = await fetchVersion(sequence.id, number);
      store.edit(() => version.document as unknown as FlowDocument);
      await store.flush();
      setAsking(false);
      undoToast({
        text: t("history.restored", { number }),
        undo: () => {
          store.undo();
        },
      });
    } catch (error) {
      failToast(problemText(t, error) ?? "");
    } finally {
      setBusy(false);
    }
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
        {t("history.restore")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t("history.restoreTitle", { number })}
        confirm={t("history.restore")}
        busy={busy}
        onConfirm={() => void restore()}
        onClose={() => {
          setAsking(false);
        }}
      >
        {t("history.restoreHint")}
      </ConfirmDialog>
    </>
  );
}
