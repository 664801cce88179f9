import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/ui/keys";

/** As long as the server takes a wish. */
const LONGEST_NOTE = 1_000;

interface RewriteDialogProps {
  readonly name: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onRewrite: (note: string) => void;
}

/** Asks what should be different in an answer that an agent writes anew. */
export function RewriteDialog({ name, busy, onClose, onRewrite }: RewriteDialogProps) {
  const { t } = useTranslation("inbox");
  const [note, setNote] = useState("");
  const title = t("suggestion.rewriting.title", { name });
  const act = () => {
    onRewrite(note);
  };
  useKeys(title, [{ keys: "mod+Enter", label: t("suggestion.rewriting.do"), act, whileTyping: true }], {
    where: "dialog",
    enabled: !busy,
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("suggestion.cancel") }}>
      <Stack gap="md">
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxRows={8}
          maxLength={LONGEST_NOTE}
          label={t("suggestion.rewriting.note")}
          description={t("suggestion.rewriting.hint")}
          placeholder={t("suggestion.rewriting.example")}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("suggestion.cancel")}
          </Button>
          <Button onClick={act} loading={busy}>
            {t("suggestion.rewriting.do")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
