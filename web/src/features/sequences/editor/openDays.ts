import type { SequenceSettings } from "@/api/sequences";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const WEEKDAYS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);
const EVERY_DAY: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 6]);

/** Return the weekdays (0 is Sunday) on which a window is open. Not known yet: those of a fresh sender. */
export function openDays(window: SequenceSettings["window"] | undefined): ReadonlySet<number> {
  if (window === undefined) return WEEKDAYS;
  if (window === null) return EVERY_DAY;
  const open = Object.entries(window).filter(([, spans]) => spans.length > 0);
  return new Set(open.map(([day]) => DAYS.findIndex((name) => day.toLowerCase().startsWith(name))));
}
