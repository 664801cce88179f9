import { Button, Group, Modal, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type EventKind, useLogEvent } from "@/api/contacts";
import { useKeys } from "@/ui/keys";

/** What a person logs by hand; events of one's own come from programs. */
type Logged = Exclude<EventKind, "custom">;

interface LogEventDialogProps {
  readonly contactId: number;
  readonly name: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly kind?: Logged;
}

const KINDS: readonly Logged[] = ["call_logged", "meeting_booked", "meeting_cancelled", "converted"];

/** Log a call, a meeting or a conversion; the sequences decide what follows. */
export function LogEventDialog({ opened, onClose, name, ...rest }: LogEventDialogProps) {
  const { t } = useTranslation("dialogs");
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={520}
      title={t("log.title", { name })}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {opened && <Form onClose={onClose} {...rest} />}
    </Modal>
  );
}

function Form({
  contactId,
  kind: first = "call_logged",
  onClose,
}: Omit<LogEventDialogProps, "opened" | "name">) {
  const { t } = useTranslation("dialogs");
  const [kind, setKind] = useState(first);
  const [note, setNote] = useState("");
  const [at, setAt] = useState("");
  const log = useLogEvent(contactId, {
    said: (_, { woken }) => (woken > 0 ? t("log.saidWoken", { count: woken }) : t("log.said")),
  });
  const save = () => {
    const occurred_at = at === "" ? null : new Date(at).toISOString();
    log.mutate({ kind, note, occurred_at }, { onSuccess: onClose });
  };
  useKeys(t("log.save"), [{ keys: "mod+Enter", label: t("log.save"), act: save, whileTyping: true }], {
    where: "dialog",
    enabled: !log.isPending,
  });
  const problem = log.error instanceof ApiError ? log.error.problem?.detail : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Stack gap="md">
        <SegmentedControl
          fullWidth
          value={kind}
          data={KINDS.map((value) => ({ value, label: t(`log.${value}`) }))}
          onChange={setKind}
        />
        <Text c="dimmed">{t(`log.hint.${kind}`)}</Text>
        <Textarea
          data-autofocus
          label={t("log.note")}
          autosize
          minRows={3}
          maxLength={5_000}
          value={note}
          onChange={(event) => {
            setNote(event.currentTarget.value);
          }}
        />
        <TextInput
          type="datetime-local"
          label={t("log.when")}
          description={t("log.whenHint")}
          value={at}
          error={problem}
          onChange={(event) => {
            setAt(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={log.isPending}>
            {t("log.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
