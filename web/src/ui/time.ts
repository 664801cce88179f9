// Moments in words, in the language of the page and the zone of the person who reads it.

/** Return the reader's own flavour of the page's language, for dates: en-GB where the browser says so. */
export function localeOf(language: string, spoken: readonly string[] = navigator.languages): string {
  return spoken.find((tag) => tag.split("-")[0] === language) ?? language;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Return the time of day to the second: 14:05:32. */
export function clockTime(at: number, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), { timeStyle: "medium", hourCycle: "h23" }).format(at);
}

/** Return the day as it stands in a head: Tue 24 Nov. */
export function shortDay(at: number, language: string): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    weekday: "short",
    day: "numeric",
    month: "short",
  }).format(at);
}

/** Return day and time where the day matters: 24 Nov, 14:05. */
export function dayTime(at: number, language: string): string {
  const parts = {
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  } as const;
  return new Intl.DateTimeFormat(localeOf(language), parts).format(at);
}

export type Ahead =
  | { readonly kind: "now" }
  | { readonly kind: "seconds"; readonly seconds: number }
  | { readonly kind: "minutes"; readonly minutes: number; readonly seconds: number }
  | { readonly kind: "at"; readonly time: string };

/** Say how far a moment is ahead: within an hour as a countdown, within a day as a time, else with its day. */
export function ahead(at: number, now: number, language: string): Ahead {
  const left = Math.ceil((at - now) / SECOND) * SECOND;
  if (left <= 0) return { kind: "now" };
  if (left < MINUTE) return { kind: "seconds", seconds: left / SECOND };
  if (left < HOUR) {
    return { kind: "minutes", minutes: Math.floor(left / MINUTE), seconds: (left % MINUTE) / SECOND };
  }
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  const time = new Intl.DateTimeFormat(localeOf(language), {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return { kind: "at", time: isToday ? time.format(at) : dayTime(at, language) };
}
