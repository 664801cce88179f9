import { useTranslation } from "react-i18next";
import type { Entry } from "@/api/contacts";
import { useWords } from "@/ui/words/useWords";

interface EntryWords {
  readonly title: string;
  readonly note: string;
}

/** What an entry says in words: a title, and a quiet note after it. */
export function useEntryWords(entry: Entry): EntryWords {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const by = entry.by === "" ? "" : t("history.by", { name: entry.by });
  switch (entry.kind) {
    case "message":
      return message(entry);
    case "event":
      return { title: word("event", entry.word), note: join(about(entry), by) };
    case "enrolled":
      return { title: t("history.enrolled", { sequence: entry.sequence }), note: by };
    case "finished":
      return {
        title: t("history.finished", { sequence: entry.sequence }),
        note: word("finishReason", entry.reason),
      };
    case "task":
      return { title: entry.subject, note: join(word("touch", entry.status), entry.outcome, by) };
    case "touch":
      return {
        title: t("history.notSent", { channel: word("channel", entry.channel), sequence: entry.sequence }),
        note: join(word("touch", entry.status), reasonOf(entry)),
      };
    case "note":
      return { title: t("history.note"), note: by };
    default:
      return { title: word("event", entry.word), note: join(entry.step, entry.reason.replaceAll("_", " ")) };
  }

  function message({ direction, subject, word: kind }: Entry): EntryWords {
    const title = subject === "" ? t("history.message") : subject;
    if (direction === "out") return { title, note: entry.sequence };
    return { title: kind === "reply" ? t("history.replied") : title, note: kind === "reply" ? subject : "" };
  }

  function reasonOf({ status, reason }: Entry): string {
    if (reason === "") return "";
    return word(status === "skipped" ? "skip" : "failure", reason);
  }
}

function about({ tag, stage, list_name, fields }: Entry): string {
  return join(tag, stage, list_name, (fields ?? []).map((field) => field.replaceAll("_", " ")).join(", "));
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}
