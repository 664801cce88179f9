import { Anchor, Spoiler, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Entry } from "@/api/contacts";
import { Files, Unfold, Whole } from "@/dialogs/mail/Whole";
import { timeOf } from "@/ui/moments";
import { useWords } from "@/ui/words/useWords";
import { iconOf } from "./entryIcons";
import { useEntryWords } from "./useEntryWords";
import classes from "./History.module.css";

/** One thing that happened. */
export function Line({ entry }: { readonly entry: Entry }) {
  const { i18n } = useTranslation();
  const words = useEntryWords(entry);
  const { icon: Icon, color, tone } = iconOf(entry);
  return (
    <div className={classes.entry}>
      <span className={classes.mark} data-tone={tone}>
        <Icon size={14} stroke={1.75} color={color} aria-hidden />
      </span>
      <div style={{ minWidth: 0 }}>
        <div className={classes.title}>
          <span className={classes.what}>
            <Text span inherit fw={500}>
              {words.title}
            </Text>{" "}
            <Text span inherit c="dimmed">
              {words.note}
            </Text>{" "}
            <ReplyWord entry={entry} />
          </span>
          <Text span inherit c="dimmed" className="tabular">
            {timeOf(Date.parse(entry.at), i18n)}
          </Text>
        </div>
        {entry.kind === "call" ? <Spoken text={entry.text} /> : <Body entry={entry} />}
      </div>
    </div>
  );
}

function ReplyWord({ entry: { kind, direction, word, sentiment } }: { readonly entry: Entry }) {
  const { t } = useTranslation("contacts");
  const words = useWords();
  if (kind !== "message" || direction !== "in" || word === "") return null;
  if (word === "reply" || word === "weak_reply") {
    if (sentiment === "") return null;
    return (
      <span className={classes.word} title={t("history.meant")}>
        {words.word("sentiment", sentiment)}
      </span>
    );
  }
  const known = {
    auto_reply: "auto_replied",
    bounce: "bounced",
    soft_bounce: "bounced",
    opt_out: "opted_out",
  }[word];
  return (
    <span className={classes.word} title={t("history.class")}>
      {words.word("event", known ?? word)}
    </span>
  );
}

function Body({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation("contacts");
  const { kind, text, enrollment_id } = entry;
  const why = enrollment_id !== null && (kind === "finished" || kind === "touch" || kind === "decision") && (
    <Anchor component={Link} to={`/enrollments/${enrollment_id}`} inherit fw={500}>
      {t("status.why")}
    </Anchor>
  );
  if (kind === "message") return <Said entry={entry} />;
  if (text.trim() === "") return why || null;
  return (
    <Text c="dimmed" className={classes.text}>
      {text}
    </Text>
  );
}

/** What a call said, word by word. */
function Spoken({ text }: Pick<Entry, "text">) {
  const { t } = useTranslation("contacts");
  if (text === "") return null;
  return (
    <div className={classes.box} data-direction="out" role="group" aria-label={t("history.called.label")}>
      <New text={text} />
    </div>
  );
}

/** What one side said: the new part as text, as in the conversation; the whole mail in place when it is asked for. */
function Said({ entry }: { readonly entry: Entry }) {
  const { text, direction, message_id: id, has_original: isKept, has_html: hasHtml, files = [] } = entry;
  const [isWhole, setIsWhole] = useState(false);
  const isEmpty = text.trim() === "" && files.length === 0;
  if (id == null || (isEmpty && !isKept)) return null;
  return (
    <div className={classes.box} data-direction={direction}>
      {isWhole ? <Whole id={id} hasHtml={hasHtml} /> : <New text={text} />}
      <Files files={files} />
      {isKept && (
        <Unfold
          isWhole={isWhole}
          onTurn={() => {
            setIsWhole(!isWhole);
          }}
        />
      )}
      <Delivery entry={entry} />
    </div>
  );
}

function New({ text }: Pick<Entry, "text">) {
  const { t } = useTranslation("contacts");
  return (
    <Spoiler maxHeight={150} showLabel={t("history.all")} hideLabel={t("history.less")}>
      <Text fz="md" lh="23px" className={classes.text}>
        {text.trim().replace(/\n{3,}/g, "\n\n")}
      </Text>
    </Spoiler>
  );
}

function Delivery({ entry: { direction, status, reason, by } }: { readonly entry: Entry }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const parts = [
    status === "" ? "" : word("touch", status),
    reason === "" ? "" : word("failure", reason),
    direction === "out" && by !== "" ? t("status.from", { name: by }) : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return null;
  return (
    <Text fz="xs" c="dimmed" mt="xs">
      {parts.join(" · ")}
    </Text>
  );
}
