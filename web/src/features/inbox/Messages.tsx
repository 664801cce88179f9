import { Button, Group, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Outgoing, type Thread, useOlder, useTakeBack } from "@/api/inbox";
import type { Written } from "@/dialogs/mail/letter";
import { Countdown } from "@/ui/Moment";
import { TouchLabel } from "@/ui/StateLabel";
import { useWords } from "@/ui/words/useWords";
import classes from "./Inbox.module.css";
import { Message } from "./Message";

interface MessagesProps {
  readonly thread: Thread;
  /** What was written is not sent: it is to be at hand again. */
  readonly onTakenBack: (written: Written) => void;
}

/** What was said both ways, the oldest first; then what people wrote that has not left. */
export function Messages({ thread, onTakenBack }: MessagesProps) {
  const { t } = useTranslation("inbox");
  const [asked, setAsked] = useState(false);
  const older = useOlder(thread, asked);
  const list = useRef<HTMLOListElement>(null);
  const last = thread.messages.at(-1)?.id;
  const waiting = thread.outgoing.length;
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "end" });
  }, [last, waiting]);
  return (
    <ol ref={list} className={classes.messages} tabIndex={0} aria-label={t("messages")}>
      {older.hasMore && (
        <Older
          loading={older.loading}
          onMore={() => {
            if (asked) older.onMore();
            else setAsked(true);
          }}
        />
      )}
      {[...older.messages, ...thread.messages].map((message) => (
        <Message key={message.id} message={message} name={thread.contact.name} />
      ))}
      {thread.outgoing.map((outgoing) => (
        <Waiting key={outgoing.id} outgoing={outgoing} onTakenBack={onTakenBack} />
      ))}
    </ol>
  );
}

interface OlderProps {
  readonly loading: boolean;
  readonly onMore: () => void;
}

function Older({ loading, onMore }: OlderProps) {
  const { t } = useTranslation("inbox");
  return (
    <li>
      <Button variant="subtle" size="xs" loading={loading} onClick={onMore}>
        {t("older")}
      </Button>
    </li>
  );
}

interface WaitingProps extends Pick<MessagesProps, "onTakenBack"> {
  readonly outgoing: Outgoing;
}

/** What a person wrote and that has not left: when it will, what holds it, why it was not sent. */
function Waiting({ outgoing, onTakenBack }: WaitingProps) {
  const { t } = useTranslation("inbox");
  const { word } = useWords();
  const back = useTakeBack();
  return (
    <li className={classes.message} data-planned>
      <Group gap={8} wrap="nowrap" justify="space-between">
        <Text span fw={500} truncate>
          {outgoing.by || outgoing.sender?.address}
        </Text>
        <TouchLabel
          status={outgoing.status}
          reason={outgoing.reason}
          note={outgoing.hold === "" ? undefined : word("hold", outgoing.hold)}
        />
      </Group>
      <Text fw={500} mt={4}>
        {outgoing.subject}
      </Text>
      <Text className={classes.text}>{outgoing.text}</Text>
      <Along files={outgoing.files} />
      {outgoing.can_take_back && (
        <Group gap="sm" mt={4}>
          {outgoing.at !== null && (
            <Text span fz="xs" c="dimmed">
              <Countdown to={outgoing.at} />
            </Text>
          )}
          <Button
            size="xs"
            variant="default"
            loading={back.isPending}
            onClick={() => {
              // Heard also when the message has left the list by then. A failure is said in a toast.
              void back.mutateAsync(outgoing.id).then(
                ({ text, subject, files }) => {
                  onTakenBack({ text, subject, files: files.map((file) => ({ ...file, size: 0 })) });
                },
                () => undefined,
              );
            }}
          >
            {t("outgoing.back")}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** The files that leave with it. */
function Along({ files }: Pick<Outgoing, "files">) {
  if (files.length === 0) return null;
  return (
    <Text fz="sm" c="dimmed" mt={4}>
      <IconPaperclip size={14} stroke={1.75} aria-hidden /> {files.map(({ name }) => name).join(", ")}
    </Text>
  );
}
