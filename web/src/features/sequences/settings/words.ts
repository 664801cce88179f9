// Settings as people read them, and a window as one span on chosen days.
import type { TFunction } from "i18next";
import type { SequenceSettings } from "@/api/sequences";
import { localeOf } from "@/ui/time";

type T = TFunction<"sequences">;
type Window = NonNullable<SequenceSettings["window"]>;
type Exits = Pick<
  SequenceSettings,
  "exit_on_reply" | "exit_on_meeting" | "exit_on_call" | "exit_on_conversion"
>;

export const EXITS = ["exit_on_reply", "exit_on_meeting", "exit_on_call", "exit_on_conversion"] as const;
/** What the answer of somebody else in the same company does. */
export const COMPANY_EXIT = "exit_on_company_reply" as const;
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** Say what ends or pauses an enrollment by itself: *A reply or a conversion finishes it, a meeting pauses it.* */
export function exitWords(t: T, exits: Exits): string {
  const list = (act: "finish" | "pause") =>
    EXITS.filter((name) => exits[name] === act).map((name) => t(`exitNoun.${name}`));
  const [finish, pause] = [list("finish"), list("pause")];
  const parts = [
    ...(finish.length > 0 ? [t("exits.finish", { what: joined(t, finish) })] : []),
    ...(pause.length > 0 ? [t("exits.pause", { what: joined(t, pause) })] : []),
  ];
  if (parts.length === 0) return t("exits.none");
  const sentence = parts.join(", ");
  return `${sentence.charAt(0).toLocaleUpperCase()}${sentence.slice(1)}.`;
}

function joined(t: T, words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} ${t("exits.or")} ${words.at(-1)}`;
}

export interface Span {
  /** Monday is 1. */
  readonly days: readonly number[];
  readonly from: string;
  readonly until: string;
}

/** Return a window as one span on some days; undefined where its days differ. */
export function spanOf(window: Window): Span | undefined {
  const open = WEEKDAYS.flatMap((name, index) => {
    const spans = window[name] ?? [];
    return spans.length > 0 ? [{ day: index + 1, spans }] : [];
  });
  const [first] = open;
  const [from, until] = first?.spans[0] ?? [];
  const isUniform = open.every(
    ({ spans }) => spans.length === 1 && spans[0]?.[0] === from && spans[0]?.[1] === until,
  );
  if (!isUniform || from === undefined || until === undefined) return undefined;
  return { days: open.map(({ day }) => day), from, until };
}

export function windowOf({ days, from, until }: Span): Window {
  return Object.fromEntries(
    WEEKDAYS.flatMap((name, index) => (days.includes(index + 1) ? [[name, [[from, until]]]] : [])),
  );
}

/** Say when messages leave: *Mon–Fri 09:00–17:00*, *at any time*. */
export function windowWords(t: T, window: SequenceSettings["window"], language: string): string {
  if (window === null) return t("window.any");
  const span = spanOf(window);
  return span === undefined
    ? t("window.own")
    : `${daysWords(span.days, language)} ${span.from}–${span.until}`;
}

function daysWords(days: readonly number[], language: string): string {
  const name = (day: number) =>
    new Intl.DateTimeFormat(localeOf(language), { weekday: "short", timeZone: "UTC" }).format(
      MONDAY + (day - 1) * DAY,
    );
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return "";
  const isRun = days.length > 2 && last - first === days.length - 1;
  return isRun ? `${name(first)}–${name(last)}` : days.map(name).join(", ");
}
