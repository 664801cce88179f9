import { Button, Group, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Outgoing,
  type Thread,
  type ThreadMessage,
  useOlder,
  useOriginal,
  useTakeBack,
} from "@/api/inbox";
import { Countdown, Moment } from "@/ui/Moment";
import { TouchLabel } from "@/ui/StateLabel";
import { useWords } from "@/ui/words/useWords";
import classes from "./Inbox.module.css";
import { KindLabel } from "./KindLabel";

interface MessagesProps {
  readonly thread: Thread;
  /** What was written is not sent: it is to be at hand again. */
  readonly onTakenBack: (draft: { readonly text: string; readonly subject: string }) => void;
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

interface MessageProps {
  readonly message: ThreadMessage;
  readonly name: string;
}

/** Always as text: what came in as HTML is never drawn. */
function Message({ message, name }: MessageProps) {
  const { t } = useTranslation("inbox");
  const [whole, setWhole] = useState(false);
  const original = useOriginal(message.id, whole);
  const text = whole ? (original.data?.text ?? message.text) : message.text;
  return (
    <li className={classes.message} data-theirs={message.direction === "in" || undefined}>
      <Said message={message} name={name} />
      {message.subject !== "" && (
        <Text fw={500} mt={4}>
          {message.subject}
        </Text>
      )}
      <Text className={classes.text}>{text}</Text>
      {message.has_original && (
        <Button
          variant="subtle"
          size="compact-xs"
          px={0}
          onClick={() => {
            setWhole(!whole);
          }}
        >
          {t(whole ? "message.fold" : "message.original")}
        </Button>
      )}
    </li>
  );
}

/** Who said it, as what, when. */
function Said({ message, name }: MessageProps) {
  const { t } = useTranslation("inbox");
  const isTheirs = message.direction === "in";
  return (
    <Group gap={8} wrap="nowrap" justify="space-between">
      <Group gap={8} wrap="nowrap" miw={0}>
        <Text span fw={500} truncate>
          {isTheirs ? name : message.by || message.from_address}
        </Text>
        {isTheirs ? (
          <KindLabel kind={message.kind} />
        ) : (
          <Text span inherit c="dimmed" truncate>
            {sourceOf(message, t)}
          </Text>
        )}
      </Group>
      <Text span fz="xs" c="dimmed" className={classes.moment}>
        <Moment at={message.at} />
      </Text>
    </Group>
  );
}

type Translate = ReturnType<typeof useTranslation<"inbox">>["t"];

function sourceOf({ number, sequence }: ThreadMessage, t: Translate): string {
  if (sequence === "") return "";
  return number > 0 ? t("message.step", { number, sequence }) : t("message.sequence", { sequence });
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
              back.mutate(outgoing.id, {
                onSuccess: ({ text, subject }) => {
                  onTakenBack({ text, subject });
                },
              });
            }}
          >
            {t("outgoing.back")}
          </Button>
        </Group>
      )}
    </li>
  );
}
