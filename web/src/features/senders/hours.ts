import { useTranslation } from "react-i18next";
import type { Sender } from "@/api/senders";
import { localeOf } from "@/ui/time";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
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

interface Group {
  readonly days: readonly number[];
  readonly spans: string;
}

const OFFICE: Group = { days: [0, 1, 2, 3, 4], spans: "09:00–17:00" };

/** Days that open alike, together; those with the most days first. */
export function grouped(window: Readonly<Record<string, readonly (readonly string[])[]>>): readonly Group[] {
  const days = DAYS.flatMap((name, index) => {
    const spans = (window[name] ?? []).map((span) => span.join("–")).join(", ");
    return spans === "" ? [] : [{ index, spans }];
  });
  return [...Map.groupBy(days, ({ spans }) => spans)]
    .map(([spans, those]) => ({ spans, days: those.map(({ index }) => index) }))
    .toSorted((one, other) => other.days.length - one.days.length);
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

/** Return a window that opens on these days (Monday is 1) between two times. */
export function windowOf(days: readonly number[], from: string, until: string): Record<string, string[][]> {
  return Object.fromEntries(
    DAYS.filter((_, index) => days.includes(index + 1)).map((name) => [name, [[from, until]]]),
  );
}

/** Read a window back as one span on some days; what it cannot say becomes the usual office hours. */
export function spanOf(window: Sender["window"]): { days: number[]; from: string; until: string } {
  const [group = OFFICE] = window === null ? [] : grouped(window);
  const [first = OFFICE.spans] = group.spans.split(", ");
  const [from = "", until = ""] = first.split("–");
  return { days: group.days.map((day) => day + 1), from, until };
}
