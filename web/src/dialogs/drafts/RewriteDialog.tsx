import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "@/ui/keys";

interface RewriteDialogProps {
  readonly title: string;
  /** As many characters as the server takes of a wish. */
  readonly longest: number;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onRewrite: (note: string) => void;
}

/** Asks what should be different in what an agent writes anew. */
export function RewriteDialog({ title, longest, busy, onClose, onRewrite }: RewriteDialogProps) {
  const { t } = useTranslation("drafts");
  const [note, setNote] = useState("");
  const act = () => {
    onRewrite(note);
  };
  useKeys(title, [{ keys: "mod+Enter", label: t("write.anew"), act, whileTyping: true }], {
    where: "dialog",
    enabled: !busy,
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("write.cancel") }}>
      <Stack gap="md">
        <Textarea
          data-autofocus
          autosize
          minRows={2}
          maxRows={8}
          maxLength={longest}
          label={t("write.note")}
          description={t("write.wish")}
          placeholder={t("write.example")}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("write.cancel")}
          </Button>
          <Button onClick={act} loading={busy}>
            {t("write.anew")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
