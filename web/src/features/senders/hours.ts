import { useTranslation } from "react-i18next";
import type { Sender } from "@/api/senders";
import { grouped } from "@/flow/hours";
import { localeOf } from "@/ui/time";

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** Return the hours of a sender in words: "Mon–Fri 09:00–17:00". */
export function useHours(): (sender: Pick<Sender, "window">) => string {
  const { t, i18n } = useTranslation("senders");
  return ({ window }) => {
    if (window === null) return t("hours.always");
    const groups = grouped(window);
    const [first] = groups;
    if (first === undefined) return t("hours.always");
    const words = t("hours.week", { days: daysIn(first.days, i18n.language), spans: first.spans });
    return groups.length > 1 ? t("hours.more", { first: words }) : words;
  };
}

function daysIn(days: readonly number[], language: string): string {
  const name = (day: number) =>
    new Intl.DateTimeFormat(localeOf(language), { weekday: "short", timeZone: "UTC" }).format(
      MONDAY + day * DAY,
    );
  const [first = 0] = days;
  const last = days.at(-1) ?? first;
  const isRow = days.length > 2 && last - first === days.length - 1;
  return isRow ? `${name(first)}–${name(last)}` : days.map(name).join(", ");
}
