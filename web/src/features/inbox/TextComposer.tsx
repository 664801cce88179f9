import { Button, Group, Kbd, Paper, Text, Textarea } from "@mantine/core";
import { type ChangeEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useWeight } from "@/api/numbers";
import { type TextWay, useWriteText } from "@/api/texting";
import { useAfterwards } from "@/dialogs/mail/letter";
import { useKeys } from "@/ui/keys";
import { Moment } from "@/ui/Moment";
import type { ComposerProps } from "./Composer";
import classes from "./Inbox.module.css";

interface TextComposerProps extends ComposerProps {
  readonly way: TextWay;
}

/** A text to one person, over one channel. It waits ten seconds and can be taken back. */
export function TextComposer({ thread, draft, onDraft, onTakenBack, way }: TextComposerProps) {
  const { t } = useTranslation("inbox");
  const field = useRef<HTMLTextAreaElement>(null);
  const { contact } = thread;
  const text = draft.text.trim();
  const weight = useWeight(way.channel === "sms" ? text : "");
  const write = useWriteText(
    () => t("said.sent"),
    (written) => {
      onTakenBack({ text: written, subject: "", files: [] });
    },
  );
  const afterwards = useAfterwards(onDraft);
  const send = () => {
    if (text === "" || write.isPending) return;
    afterwards(
      draft,
      write.mutateAsync({
        contactId: contact.id,
        clientId: draft.clientId,
        channel: way.channel,
        text: draft.text,
        takenOver: draft.takenOver,
      }),
    );
  };
  useKeys(t("title"), [
    { keys: "a", label: t("key.answer"), act: () => field.current?.focus() },
    { keys: "r", label: "", act: () => field.current?.focus() },
    { keys: "mod+Enter", label: t("key.send"), act: send, whileTyping: true },
  ]);
  return (
    <Paper withBorder radius="lg" p="sm" className={classes.composer}>
      <Textarea
        ref={field}
        autosize
        minRows={2}
        maxRows={10}
        variant="unstyled"
        aria-label={t("compose.text")}
        placeholder={t("texting.answer", { name: contact.name.split(" ")[0] })}
        value={draft.text}
        onChange={(event: ChangeEvent<HTMLTextAreaElement>) => {
          const written = event.currentTarget.value;
          onDraft((now) => ({ ...now, text: written }));
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      <Group justify="flex-end" gap="sm" mt={8}>
        {weight.data !== undefined && text !== "" && way.channel === "sms" && (
          <Text fz="xs" c="dimmed" mr="auto">
            {t("texting.weight", { count: weight.data.segments })}
          </Text>
        )}
        {way.free_until !== null && (
          <Text fz="xs" c="dimmed" mr="auto">
            {t("texting.open")} <Moment at={way.free_until} />
          </Text>
        )}
        <Text fz="xs" c="dimmed" truncate>
          {t("texting.from", { number: way.from_number })}
        </Text>
        <Button
          onClick={send}
          disabled={text === ""}
          loading={write.isPending}
          rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}
        >
          {t("compose.send")}
        </Button>
      </Group>
    </Paper>
  );
}
