// A moment as people say it: "today 14:05", "Mon 1 Dec 09:10", "in 3 min"; and whether it is another time of day
// for the person it concerns.
import { localeOf } from "./time";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const OFFICE = { from: 9, until: 17 } as const;

interface Words {
  readonly language: string;
  /** An IANA name; left out: the zone of the reader. */
  readonly zone?: string | undefined;
}

/** Say when: the day as today, tomorrow, a weekday or a date, and the time to the minute. */
export function when(at: number, now: number, { language, zone }: Words): string {
  return `${dayOf(at, now, { language, zone })} ${timeOf(at, { language, zone })}`;
}

/** Return the time of day: 14:05. */
export function timeOf(at: number, { language, zone }: Words): string {
  return format(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(
    at,
  );
}

/** Say the weekday and the time, beside a moment that has its date: Thu 06:31. */
export function weekdayOf(at: number, { language, zone }: Words): string {
  return `${format(language, { weekday: "short", timeZone: zone }).format(at)} ${timeOf(at, { language, zone })}`;
}

/** Name the day: today, tomorrow, yesterday, else Mon 1 Dec, with its year where that is another. */
export function dayOf(at: number, now: number, { language, zone }: Words): string {
  const apart = daysApart(at, now, zone);
  if (Math.abs(apart) <= 1) {
    return new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto" }).format(apart, "day");
  }
  const isThisYear = yearOf(at, zone) === yearOf(now, zone);
  const day = format(language, {
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(isThisYear ? {} : { year: "numeric" }),
    timeZone: zone,
  }).format(at);
  // With a year English parts the weekday by a comma, without one it does not: days in a column read alike.
  return day.replace(/^(\p{L}+), (?=\d)/u, "$1 ");
}

/** Say how far away: "in 3 min", "2 hours ago". */
export function relative(at: number, now: number, language: string): string {
  const apart = at - now;
  const [size, unit] = UNITS.find(([least]) => Math.abs(apart) >= least) ?? SECONDS;
  const words = new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto", style: "short" });
  // "min." and "Std." end a sentence that goes on.
  return words.format(unit === "second" ? 0 : Math.trunc(apart / size), unit).replaceAll(".", "");
}

const SECONDS = [1_000, "second"] as const;
const UNITS = [
  [DAY, "day"],
  [HOUR, "hour"],
  [MINUTE, "minute"],
] as const;

/** Tell whether a moment falls on another day there, or in office hours at one place alone. */
export function differsThere(at: number, zone: string, here?: string): boolean {
  if (!isZone(zone)) return false;
  return dateIn(at, zone) !== dateIn(at, here) || isOffice(at, zone) !== isOffice(at, here);
}

/** Tell whether the browser knows the zone: a contact's may be mistyped. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function isOffice(at: number, zone?: string): boolean {
  const hour = Number(format("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone }).format(at));
  return hour >= OFFICE.from && hour < OFFICE.until;
}

/** Days between the calendar days of two moments, as the wall calendar there counts them. */
function daysApart(at: number, now: number, zone?: string): number {
  return Math.round((Date.parse(dateIn(at, zone)) - Date.parse(dateIn(now, zone))) / DAY);
}

function yearOf(at: number, zone?: string): string {
  return dateIn(at, zone).slice(0, 4);
}

/** Return the calendar day there as 2026-11-24. */
function dateIn(at: number, zone?: string): string {
  return format("sv-SE", { dateStyle: "short", timeZone: zone }).format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a hundred times, and a table shows hundreds of moments. */
function format(
  language: string,
  { timeZone, ...options }: Omit<Intl.DateTimeFormatOptions, "timeZone"> & { timeZone?: string | undefined },
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, options]);
  const known = formats.get(key);
  if (known) return known;
  const locale = language.includes("-") ? language : localeOf(language);
  const made = new Intl.DateTimeFormat(locale, timeZone === undefined ? options : { ...options, timeZone });
  formats.set(key, made);
  return made;
}
