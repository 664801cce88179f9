// The delay of a step: its value, its short text (`2d`), and how it moves a day. Mirrors core/delay.py.

export type DelayUnit = "minutes" | "hours" | "days" | "weekdays" | "weeks";

export interface Delay {
  readonly value: number;
  readonly unit: DelayUnit;
}

const SYMBOLS = { minutes: "m", hours: "h", days: "d", weekdays: "wd", weeks: "w" } as const;
const UNITS: Readonly<Record<string, DelayUnit>> = {
  m: "minutes",
  h: "hours",
  d: "days",
  wd: "weekdays",
  w: "weeks",
};
const LONGEST_DAYS = 3650;

/** The largest value of each unit: 3650 days. */
export const LONGEST: Readonly<Record<DelayUnit, number>> = {
  minutes: LONGEST_DAYS * 24 * 60,
  hours: LONGEST_DAYS * 24,
  days: LONGEST_DAYS,
  weekdays: Math.floor((LONGEST_DAYS * 5) / 7),
  weeks: Math.floor(LONGEST_DAYS / 7),
};

export const DELAY_UNITS = Object.keys(SYMBOLS) as readonly DelayUnit[];
export const NO_DELAY: Delay = { value: 0, unit: "minutes" };

/** Read `90m`, `4h`, `2d`, `3wd`, `1w`; undefined when it is none or longer than 3650 days. */
export function parseDelay(text: string): Delay | undefined {
  const match = /^([0-9]{1,9})(m|h|d|wd|w)$/.exec(text.trim().toLowerCase());
  const unit = UNITS[match?.[2] ?? ""];
  const value = Number(match?.[1]);
  return unit !== undefined && value <= LONGEST[unit] ? { value, unit } : undefined;
}

/** Read a delay of a document, where a missing one is none. */
export function delayOf(text: string | undefined): Delay {
  return parseDelay(text ?? "") ?? NO_DELAY;
}

export function writeDelay({ value, unit }: Delay): string {
  const whole = Number.isFinite(value) ? Math.trunc(value) : 0;
  return `${Math.max(0, Math.min(whole, LONGEST[unit]))}${SYMBOLS[unit]}`;
}

/** Count a delay from a local moment; weekdays are Monday to Friday, holidays are not known here. */
export function addDelay(from: Date, { value, unit }: Delay): Date {
  const moved = new Date(from);
  if (unit === "minutes") moved.setTime(moved.getTime() + value * 60_000);
  else if (unit === "hours") moved.setTime(moved.getTime() + value * 3_600_000);
  else moved.setDate(moved.getDate() + daysAhead(from.getDay(), { value, unit }));
  return moved;
}

function daysAhead(weekday: number, { value, unit }: Delay): number {
  if (unit === "weeks") return value * 7;
  if (unit === "days") return value;
  let ahead = 0;
  for (let left = value; left > 0;) {
    ahead += 1;
    if (isWeekday((weekday + ahead) % 7)) left -= 1;
  }
  return ahead;
}

export function isWeekday(day: number): boolean {
  return day !== 0 && day !== 6;
}

/** Return whole days between the dates of two local moments. */
export function daysBetween(from: Date, to: Date): number {
  const dateOf = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.round((dateOf(to) - dateOf(from)) / 86_400_000);
}
