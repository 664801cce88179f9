import { Button, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newClientId, type ThreadMessage } from "@/api/inbox";
import { useForward } from "@/api/inboxMails";
import { useMembers } from "@/api/settings";
import { useKeys } from "@/ui/keys";

interface ForwardDialogProps {
  readonly message: ThreadMessage;
  readonly onClose: () => void;
}

/** Pass a message on to a colleague by mail. */
export default function ForwardDialog({ message, onClose }: ForwardDialogProps) {
  const { t } = useTranslation("inbox");
  const { rows: members = [] } = useMembers();
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [clientId] = useState(newClientId);
  const forward = useForward(() => t("said.forwarded"));
  const ready = to !== null && !forward.isPending;
  const send = () => {
    if (!ready) return;
    forward.mutate({ messageId: message.id, memberId: Number(to), note, clientId }, { onSuccess: onClose });
  };
  useKeys(
    t("forward.title"),
    [{ keys: "mod+Enter", label: t("forward.send"), act: send, whileTyping: true }],
    {
      where: "dialog",
      enabled: ready,
    },
  );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("forward.title")}
      closeButtonProps={{ "aria-label": t("forward.cancel") }}
    >
      <Stack gap="sm">
        <Select
          searchable
          label={t("forward.to")}
          value={to}
          data={members
            .filter((member) => member.is_active)
            .map((member) => ({ value: String(member.id), label: `${member.name} <${member.email}>` }))}
          onChange={setTo}
          data-autofocus
        />
        <Textarea
          label={t("forward.note")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={5_000}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <Text fz="xs" c="dimmed">
          {t("forward.hint")}
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("forward.cancel")}
          </Button>
          <Button disabled={!ready} loading={forward.isPending} onClick={send}>
            {t("forward.send")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
