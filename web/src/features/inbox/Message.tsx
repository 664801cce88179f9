import { ActionIcon, Group, Text } from "@mantine/core";
import { IconArrowForwardUp } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadMessage } from "@/api/inbox";
import { useMay } from "@/api/session";
import { Files, Unfold, Whole } from "@/dialogs/mail/Whole";
import { Moment } from "@/ui/Moment";
import { TouchLabel } from "@/ui/StateLabel";
import classes from "./Inbox.module.css";
import looks from "./Mail.module.css";
import { KindLabel } from "./KindLabel";
import { CorrectMeaning } from "./Meaning";

const ForwardDialog = lazy(() => import("./ForwardDialog"));

interface MessageProps {
  readonly message: ThreadMessage;
  readonly name: string;
}

/** What one side said: the new part as text; quotes, signature and HTML on demand. */
export function Message({ message, name }: MessageProps) {
  const [whole, setWhole] = useState(false);
  return (
    <li className={classes.message} data-theirs={message.direction === "in" || undefined}>
      <Said message={message} name={name} />
      {message.subject !== "" && (
        <Text fw={500} mt={4}>
          {message.subject}
        </Text>
      )}
      {whole ? (
        <Whole id={message.id} hasHtml={message.has_html} />
      ) : (
        <Text className={classes.text}>{message.text}</Text>
      )}
      <Files files={message.files} />
      <Became message={message} />
      {message.has_original && (
        <Unfold
          isWhole={whole}
          onTurn={() => {
            setWhole(!whole);
          }}
        />
      )}
    </li>
  );
}

/** What became of a text of ours: delivered, read, or lost. */
function Became({ message: { channel, direction, status } }: Pick<MessageProps, "message">) {
  if (direction !== "out" || status === "" || channel === "email") return null;
  return (
    <Text component="div" fz="xs" c="dimmed" mt={4}>
      <TouchLabel status={status} />
    </Text>
  );
}

const SAID: ReadonlySet<string> = new Set([
  "reply",
  "weak_reply",
  "opt_out",
  "auto_reply",
  "out_of_office",
  "other",
]);

/** Who said it, as what, when. */
function Said({ message, name }: MessageProps) {
  const { t } = useTranslation("inbox");
  const isTheirs = message.direction === "in";
  return (
    <Group gap={8} wrap="nowrap" justify="space-between" align="flex-start">
      <Group gap={8} miw={0} className={looks.said}>
        <Text span fw={500} truncate>
          {isTheirs && SAID.has(message.kind) ? name : message.by || message.from_address}
        </Text>
        {isTheirs ? (
          <>
            <KindLabel kind={message.kind} />
            {SAID.has(message.kind) && <CorrectMeaning message={message} name={name} />}
          </>
        ) : (
          <Text span inherit c="dimmed" truncate>
            {sourceOf(message, t)}
          </Text>
        )}
      </Group>
      <Group gap={4} wrap="nowrap">
        <Text span fz="xs" c="dimmed" className={classes.moment}>
          <Moment at={message.at} />
        </Text>
        <Forward message={message} />
      </Group>
    </Group>
  );
}

function Forward({ message }: Pick<MessageProps, "message">) {
  const { t } = useTranslation("inbox");
  const may = useMay()("contacts.edit");
  const [opened, setOpened] = useState(false);
  if (!may) return null;
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("forward.act")}
        title={t("forward.act")}
        onClick={() => {
          setOpened(true);
        }}
      >
        <IconArrowForwardUp size={16} stroke={1.75} />
      </ActionIcon>
      {opened && (
        <Suspense>
          <ForwardDialog
            message={message}
            onClose={() => {
              setOpened(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}

type Translate = ReturnType<typeof useTranslation<"inbox">>["t"];

function sourceOf({ by, number, sequence }: ThreadMessage, t: Translate): string {
  if (sequence === "") return t(by === "" ? "message.byItself" : "message.byHand");
  return number > 0 ? t("message.step", { number, sequence }) : t("message.sequence", { sequence });
}
