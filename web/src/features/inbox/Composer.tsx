import { Button, Checkbox, Group, Kbd, Paper, Text, Textarea, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Thread, useWrite } from "@/api/inbox";
import { useMay } from "@/api/session";
import { AttachButton, FilesHere, LetterFiles } from "@/dialogs/mail/LetterFiles";
import { type Draft, type OnDraft, useAfterwards, type Written } from "@/dialogs/mail/letter";
import { useLetterFiles } from "@/dialogs/mail/useLetterFiles";
import { useKeys } from "@/ui/keys";
import { useWords } from "@/ui/words/useWords";
import classes from "./Inbox.module.css";

export interface ComposerProps {
  readonly thread: Thread;
  readonly draft: Draft;
  readonly onDraft: OnDraft;
  /** What was written is not sent: it is to be at hand again. */
  readonly onTakenBack: (written: Written) => void;
}

/** Always there: an answer, or a first message. It waits ten seconds and can be taken back. */
export function Composer(props: ComposerProps) {
  const { thread } = props;
  const { t } = useTranslation("inbox");
  const { word } = useWords();
  const may = useMay()("contacts.edit");
  const { contact } = thread;
  if (!may) return null;
  if (thread.unreachable !== "") {
    return (
      <Text c="dimmed" className={classes.composer}>
        {t("compose.unreachable", { name: contact.name, reason: word("skip", thread.unreachable) })}
      </Text>
    );
  }
  if (thread.sender === null) {
    return (
      <Text c="dimmed" className={classes.composer}>
        {t("compose.noSender")}
      </Text>
    );
  }
  return <Field {...props} />;
}

function Field({ thread, draft, onDraft, onTakenBack }: ComposerProps) {
  const { t } = useTranslation("inbox");
  const field = useRef<HTMLTextAreaElement>(null);
  const [atOnce, setAtOnce] = useState(false);
  const { text, subject } = draft;
  const files = useLetterFiles(`letters ${String(thread.contact.id)}`, draft.files, (change) => {
    onDraft((now) => ({ ...now, files: change(now.files) }));
  });
  const { contact, sender, has_thread: answers } = thread;
  const write = useWrite(
    () => t("said.sent"),
    (written) => {
      onTakenBack({ text: written.text, subject: written.subject ?? "", files: written.files ?? [] });
    },
  );
  const afterwards = useAfterwards(onDraft);
  const isWhole = text.trim() !== "" && (answers || subject.trim() !== "");
  const ready = isWhole && files.uploads.length === 0;
  const send = () => {
    if (!ready || write.isPending) return;
    afterwards(draft, write.mutateAsync({ contactId: contact.id, ...draft, atOnce }), () => {
      setAtOnce(false);
    });
  };
  useKeys(t("title"), [
    { keys: "a", label: t("key.answer"), act: () => field.current?.focus() },
    { keys: "r", label: "", act: () => field.current?.focus() },
    { keys: "mod+Enter", label: t("key.send"), act: send, whileTyping: true },
  ]);
  return (
    <Paper withBorder radius="lg" p="sm" className={classes.composer}>
      <FilesHere files={files}>
        <Group gap={8} mb={6} c="dimmed">
          <IconMail size={16} stroke={1.75} aria-hidden />
          <Text span inherit truncate>
            {answers ? thread.subject : t("compose.first")}
          </Text>
        </Group>
        {!answers && (
          <TextInput
            aria-label={t("compose.subject")}
            placeholder={t("compose.subject")}
            value={subject}
            mb={6}
            onChange={(event) => {
              const written = event.currentTarget.value;
              onDraft((now) => ({ ...now, subject: written }));
            }}
          />
        )}
        <Textarea
          ref={field}
          autosize
          minRows={2}
          maxRows={14}
          variant="unstyled"
          aria-label={t("compose.text")}
          placeholder={t("compose.answer", { name: contact.name.split(" ")[0] })}
          value={text}
          onChange={(event) => {
            const written = event.currentTarget.value;
            onDraft((now) => ({ ...now, text: written }));
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <LetterFiles files={files} />
      </FilesHere>
      <Group justify="flex-end" gap="sm" mt={8}>
        <AttachButton files={files} />
        <Checkbox
          size="xs"
          mr="auto"
          label={t("compose.atOnce")}
          title={t("compose.atOnceHint")}
          checked={atOnce}
          onChange={(event) => {
            setAtOnce(event.currentTarget.checked);
          }}
        />
        <Text fz="xs" c="dimmed" truncate>
          {t("compose.from", { sender: sender?.address })}
        </Text>
        <Button
          onClick={send}
          disabled={!ready}
          loading={write.isPending}
          rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
        >
          {t("compose.send")}
        </Button>
      </Group>
    </Paper>
  );
}
