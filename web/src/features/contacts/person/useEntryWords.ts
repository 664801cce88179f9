import { useTranslation } from "react-i18next";
import type { Entry } from "@/api/contacts";
import { useSeenWords } from "@/ui/seen/useSeenWords";
import { useWords } from "@/ui/words/useWords";

interface EntryWords {
  readonly title: string;
  readonly note: string;
}

const CAME = [
  "left_message",
  "reached_human",
  "nobody_of_us",
  "not_reached",
  "no_answer",
  "busy",
  "fax",
  "failed",
  "canceled",
  "stopped",
  "in_doubt",
] as const;

/** What an entry says in words: a title, and a quiet note after it. */
export function useEntryWords(entry: Entry): EntryWords {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const seen = useSeenWords();
  const { sequence, reason, status, subject, step, channel } = entry;
  const by = entry.by === "" ? "" : t("history.by", { name: entry.by });
  const why = reason === "" ? "" : word(status === "skipped" ? "skip" : "failure", reason);
  const isReply = entry.direction === "in" && entry.word === "reply";
  const words: Readonly<Record<string, () => EntryWords>> = {
    message: () => ({
      title: isReply ? t("history.replied") : subject || t("history.message"),
      note: isReply ? subject : sequence,
    }),
    event: () =>
      entry.visitor === ""
        ? { title: word("event", entry.word), note: join(about(entry), by) }
        : { title: seen.title(entry), note: join(seen.place(entry), subject === "" ? step : `“${subject}”`) },
    enrolled: () => ({ title: t("history.enrolled", { sequence }), note: by }),
    finished: () => ({ title: t("history.finished", { sequence }), note: word("finishReason", reason) }),
    task: () => ({
      title: subject,
      note: join(word("touch", status), entry.outcome.replaceAll("_", " "), by),
    }),
    touch: () => ({
      title: t("history.notSent", { channel: word("channel", channel), sequence }),
      note: join(word("touch", status), why),
    }),
    note: () => ({ title: t("history.note"), note: by }),
    call: () => ({
      title: t(`history.called.${CAME.find((each) => each === entry.outcome) ?? "lasts"}`),
      note: join(
        entry.deed === "connect" ? t("history.called.put_through") : "",
        entry.seconds ? t("history.called.seconds", { count: entry.seconds }) : "",
        sequence,
      ),
    }),
  };
  const plain = { title: word("event", entry.word), note: join(step, reason.replaceAll("_", " ")) };
  return words[entry.kind]?.() ?? plain;
}

function about({ tag, stage, list_name, fields }: Entry): string {
  return join(tag, stage, list_name, (fields ?? []).map((field) => field.replaceAll("_", " ")).join(", "));
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
