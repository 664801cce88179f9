import type { SequenceSettings } from "@/api/sequences";

const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
const WEEKDAYS: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);

/** Return the weekdays (0 is Sunday) on which a window is open; without one, what a fresh sender has. */
export function openDays(window: SequenceSettings["window"]): ReadonlySet<number> {
  if (window === null) return WEEKDAYS;
  const open = Object.entries(window).filter(([, spans]) => spans.length > 0);
  return new Set(open.map(([day]) => DAYS.findIndex((name) => day.toLowerCase().startsWith(name))));
}
