// Triggers and stop rules as one sentence.
import type { TFunction } from "i18next";
import type { Known } from "@/dialogs/condition/words";
import { conditionWords, fieldWords } from "@/dialogs/condition/words";
import type { Condition } from "@/flow/condition";
import { isBecomes, isUnasked, NARROWED_BY, type Entry, type Happening, type Trigger } from "@/flow/trigger";

type T = TFunction<"sequences">;

/** Say what starts or stops it: *Starts when the tag “vip” is added, but only if stage is “won”.* */
export function ruleWords(t: T, which: "starts" | "stops", { any, all }: Trigger, known: Known): string {
  const what = any.map((entry) => entryWords(t, entry, known)).join(t("says.or"));
  const sentence =
    all == null || isUnasked(all)
      ? t(`${which}.sentence`, { what })
      : t(`${which}.sentenceIf`, { what, condition: conditionWords(t, all, known) });
  return sentence.replace("….", "…");
}

function entryWords(t: T, entry: Entry, known: Known): string {
  if (isBecomes(entry)) return t("says.becomes", { condition: conditionWords(t, entry.becomes, known) });
  return happeningWords(t, entry, known);
}

function happeningWords(t: T, { event, name = "", days = 0 }: Happening, known: Known): string {
  const called = NARROWED_BY[event] === "field" ? fieldWords(t, name, known.fields) : name;
  if (name === "") return t(`says.any.${event}`);
  if (event === "date_reached") {
    const when = days === 0 ? "on" : days < 0 ? "before" : "after";
    return t(`says.date.${when}`, { name: called, count: Math.abs(days) });
  }
  return t(`says.named.${event as "tag_added"}`, { name: called });
}

/** Say whom automatic enrollment takes. */
export function automaticWords(t: T, criteria: Condition, known: Known): string {
  return t("starts.automatic", { condition: conditionWords(t, criteria, known) });
}
