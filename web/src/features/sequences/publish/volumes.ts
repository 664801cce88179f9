// What a forecast says of each day, ready to draw.
import type { Forecast } from "@/api/sequenceContent";

export interface DayBar {
  /** 2026-11-24. */
  readonly day: string;
  readonly sent: number;
}

export interface Bars {
  readonly bars: readonly DayBar[];
  /** Of all senders on one day; undefined where one of them has none. */
  readonly cap: number | undefined;
  readonly senders: number;
  /** Days after those that are drawn. */
  readonly more: number;
}

const DAY = 86_400_000;
const MOST = 21;

/** Return every day from the first to the last, those without a message too. */
export function barsOf({ volumes }: Pick<Forecast, "volumes">): Bars {
  const byDay = new Map<string, number>();
  for (const { day, sent } of volumes) byDay.set(day, (byDay.get(day) ?? 0) + sent);
  const days = [...byDay.keys()].sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { bars: [], cap: undefined, senders: 0, more: 0 };
  const length = Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;
  const bars = Array.from({ length: Math.min(length, MOST) }, (_, index) => {
    const day = new Date(Date.parse(first) + index * DAY).toISOString().slice(0, 10);
    return { day, sent: byDay.get(day) ?? 0 };
  });
  const caps = new Map(volumes.map(({ sender_id, cap }) => [sender_id, cap]));
  const limits = [...caps.values()];
  const cap = limits.some((limit) => limit === null)
    ? undefined
    : limits.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return { bars, cap, senders: caps.size, more: length - bars.length };
}

/** Return on how many days first messages leave, from the first to the last of them. */
export function daysOfFirstRound({
  first_send_at: from,
  first_round_until: until,
}: Pick<Forecast, "first_send_at" | "first_round_until">): number | undefined {
  if (from === null || until === null) return undefined;
  const date = (at: string) => new Date(at).setHours(0, 0, 0, 0);
  return Math.round((date(until) - date(from)) / DAY) + 1;
}
