// What a simulation says, ready to draw: every day, the senders that get a colour, what waits and for what.
import type { Simulation } from "@/api/simulations";

export interface Day {
  /** 2026-11-24. */
  readonly day: string;
  /** Messages by colour, in the order of `senders`. */
  readonly parts: readonly number[];
  readonly sent: number;
  readonly waiting: number;
  /** Of all senders together; undefined where one of them has none. */
  readonly cap: number | undefined;
}

export interface Drawn {
  readonly days: readonly Day[];
  /** Addresses, those who send most first; the last may stand for all others (""). */
  readonly senders: readonly string[];
  readonly tallest: number;
}

const DAY = 86_400_000;
const COLOURS = 4;

type Volumes = Pick<Simulation, "volumes" | "senders">;

/** Return every day from the first to the last, those without a message too. */
export function drawnOf({ volumes, senders }: Volumes): Drawn {
  const known = [...new Set(volumes.map(({ day }) => day))].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return { days: [], senders: [], tallest: 0 };
  const colours = coloursOf(volumes);
  const caps = new Map<number, number | null>();
  for (const { sender_id, cap } of volumes) if (!caps.has(sender_id)) caps.set(sender_id, cap);
  const length = Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;
  const days = Array.from({ length }, (_, index): Day => {
    const day = new Date(Date.parse(first) + index * DAY).toISOString().slice(0, 10);
    const here = volumes.filter((volume) => volume.day === day);
    for (const { sender_id, cap } of here) caps.set(sender_id, cap);
    const parts = colours.map((ids) =>
      sum(
        here.filter(({ sender_id }) => ids.includes(sender_id)),
        "sent",
      ),
    );
    const limits = [...caps.values()];
    const cap = limits.includes(null)
      ? undefined
      : limits.reduce<number>((all, each) => all + (each ?? 0), 0);
    return { day, parts, sent: sum(here, "sent"), waiting: sum(here, "waiting"), cap };
  });
  const names = new Map(senders.map(({ id, address }) => [id, address]));
  return {
    days,
    senders: colours.map((ids) => (ids.length === 1 ? (names.get(ids[0] ?? 0) ?? "") : "")),
    tallest: Math.max(1, ...days.map(({ sent }) => sent)),
  };
}

function sum(volumes: Simulation["volumes"], name: "sent" | "waiting"): number {
  return volumes.reduce((all, volume) => all + volume[name], 0);
}

/** Choose for each colour the senders it stands for: one each, and the last for all that are left. */
function coloursOf(volumes: Simulation["volumes"]): readonly (readonly number[])[] {
  const totals = new Map<number, number>();
  for (const { sender_id, sent } of volumes) totals.set(sender_id, (totals.get(sender_id) ?? 0) + sent);
  const ids = [...totals].sort(([a, more], [b, less]) => less - more || a - b).map(([id]) => id);
  if (ids.length <= COLOURS) return ids.map((id) => [id]);
  return [...ids.slice(0, COLOURS - 1).map((id) => [id]), ids.slice(COLOURS - 1)];
}

export interface Overflow {
  readonly sender: string;
  readonly reason: Simulation["waits"][number]["reason"];
  readonly messages: number;
  readonly longestMinutes: number;
  readonly days: number;
}

const NOTHING = { messages: 0, longestMinutes: 0, days: 0 };

/** Sum up what waits by sender and reason, most first. */
export function overflowsOf({ waits, senders }: Pick<Simulation, "waits" | "senders">): readonly Overflow[] {
  const names = new Map(senders.map(({ id, address }) => [id, address]));
  const found = new Map<string, Overflow>();
  for (const { sender_id, reason, messages, longest_minutes } of waits) {
    const key = `${sender_id} ${reason}`;
    const known = found.get(key) ?? NOTHING;
    found.set(key, {
      sender: names.get(sender_id) ?? "",
      reason,
      messages: known.messages + messages,
      longestMinutes: Math.max(known.longestMinutes, longest_minutes),
      days: known.days + 1,
    });
  }
  return [...found.values()].sort((a, b) => b.messages - a.messages);
}

/** Return the length of a wait in the largest unit that fits at least twice. */
export function lengthOf(minutes: number): {
  readonly unit: "days" | "hours" | "minutes";
  readonly count: number;
} {
  if (minutes >= 2 * 1440) return { unit: "days", count: Math.round(minutes / 1440) };
  if (minutes >= 120) return { unit: "hours", count: Math.round(minutes / 60) };
  return { unit: "minutes", count: minutes };
}
