import { Menu, Text, UnstyledButton } from "@mantine/core";
import {
  IconBan,
  IconBeach,
  IconCalendarPause,
  IconHelp,
  IconThumbDown,
  IconThumbUp,
  IconUserQuestion,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Sentiment, SENTIMENTS, type ThreadMessage } from "@/api/inbox";
import { useReclassify } from "@/api/inboxMails";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { useWords } from "@/ui/words/useWords";
import looks from "./Mail.module.css";

const LOOKS: Readonly<Record<Sentiment, readonly [typeof IconBan, string]>> = {
  interested: [IconThumbUp, "var(--db-green)"],
  not_now: [IconCalendarPause, "var(--db-amber)"],
  not_interested: [IconThumbDown, "var(--db-rust)"],
  unsubscribe: [IconBan, "var(--db-text-3)"],
  wrong_person: [IconUserQuestion, "var(--db-violet)"],
  out_of_office: [IconBeach, "var(--db-amber)"],
};

/** How an answer is meant: icon and word; nothing where nothing is certain. */
export function Meaning({ sentiment }: { readonly sentiment: string }) {
  const { word } = useWords();
  const look = LOOKS[sentiment as Sentiment] as (typeof LOOKS)[Sentiment] | undefined;
  if (look === undefined) return null;
  const [Icon, color] = look;
  return (
    <span className={looks.meaning}>
      <Icon size={14} stroke={1.75} color={color} aria-hidden />
      {word("sentiment", sentiment)}
    </span>
  );
}

interface CorrectProps {
  readonly message: ThreadMessage;
  readonly name: string;
}

/** The same, to be corrected by a person; as an opt-out it asks first. */
export function CorrectMeaning({ message, name }: CorrectProps) {
  const { t } = useTranslation("inbox");
  const may = useMay();
  const [asks, setAsks] = useState(false);
  const correct = useReclassify(({ sentiment }) =>
    t(sentiment === "unsubscribe" ? "said.unsubscribed" : "said.corrected"),
  );
  const set = (sentiment: Sentiment | "") => {
    correct.mutate({ messageId: message.id, sentiment });
  };
  if (!may("contacts.edit") || !may("enrollments.edit")) return <Meaning sentiment={message.sentiment} />;
  return (
    <>
      <Menu position="bottom-start" width={220}>
        <Menu.Target>
          <UnstyledButton className={looks.correct} aria-label={t("sentiment.correct")}>
            {message.sentiment === "" ? (
              <span className={looks.meaning}>
                <IconHelp size={14} stroke={1.75} aria-hidden />
                {t("sentiment.none")}
              </span>
            ) : (
              <Meaning sentiment={message.sentiment} />
            )}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown
          onKeyDown={(event) => {
            // Closes the menu, and leaves no conversation.
            if (event.key === "Escape") event.stopPropagation();
          }}
        >
          <Menu.Label>{t("sentiment.correct")}</Menu.Label>
          {SENTIMENTS.map((sentiment) => (
            <Menu.Item
              key={sentiment}
              disabled={sentiment === message.sentiment && !message.is_doubtful}
              onClick={() => {
                if (sentiment === "unsubscribe") setAsks(true);
                else set(sentiment);
              }}
            >
              <Meaning sentiment={sentiment} />
            </Menu.Item>
          ))}
          <Menu.Item
            disabled={message.sentiment === ""}
            onClick={() => {
              set("");
            }}
          >
            <Text span fz="xs" c="dimmed">
              {t("sentiment.none")}
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asks}
        danger
        title={t("sentiment.unsubscribeTitle", { name })}
        confirm={t("sentiment.unsubscribeConfirm")}
        onClose={() => {
          setAsks(false);
        }}
        onConfirm={() => {
          setAsks(false);
          set("unsubscribe");
        }}
      >
        {t("sentiment.unsubscribeText", { name })}
      </ConfirmDialog>
    </>
  );
}
