// When a task may be due again: the moments that people name, on the reader's clock.

export type Later = "twoHours" | "hour" | "afternoon" | "tomorrow" | "week";

export interface LaterMoment {
  readonly name: Later;
  readonly at: Date;
}

const HOUR = 3_600_000;
const MORNING = 9;
const AFTERNOON = 15;
const MONDAY = 1;
const DAYS = 7;

/** In an hour, this afternoon while that is ahead, tomorrow morning, and on Monday where that is another day. */
export function snoozes(now: Date): readonly LaterMoment[] {
  const afternoon = onDay(now, 0, AFTERNOON);
  const tomorrow = onDay(now, 1, MORNING);
  const monday = onDay(now, (MONDAY + DAYS - now.getDay()) % DAYS || DAYS, MORNING);
  return [
    { name: "hour", at: new Date(now.getTime() + HOUR) },
    ...(afternoon.getTime() - now.getTime() > HOUR ? [{ name: "afternoon", at: afternoon } as const] : []),
    { name: "tomorrow", at: tomorrow },
    ...(monday > tomorrow ? [{ name: "week", at: monday } as const] : []),
  ];
}

/** When a call that reached nobody is usually tried again. */
export function tries(now: Date): readonly LaterMoment[] {
  return [
    { name: "twoHours", at: new Date(now.getTime() + 2 * HOUR) },
    { name: "tomorrow", at: onDay(now, 1, MORNING) },
  ];
}

function onDay(now: Date, days: number, hour: number): Date {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(hour, 0, 0, 0);
  return day;
}
