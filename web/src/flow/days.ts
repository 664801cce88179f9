// When each step comes for somebody enrolled at a moment: its day from 0, its date, and whether that is certain.
import { addDelay, daysBetween, delayOf } from "./delay";
import type { FlowDocument, Step } from "./document";
import { leadsTo, stepAt } from "./ways";

/** `certain` is false when a task or a wait ahead of it, or another way, may make the step come later. */
export interface Moment {
  readonly at: Date;
  readonly day: number;
  readonly certain: boolean;
}

const SENDS: ReadonlySet<string> = new Set(["email", "sms", "whatsapp", "voice"]);
const DAYS_OF_A_WEEK = 7;

/**
 * Return the earliest moment of every step that can be reached, for somebody enrolled at `start`.
 * `open` are the weekdays (0 is Sunday) on which messages leave; times of day and holidays are not looked at.
 */
export function moments(
  document: FlowDocument,
  start: Date,
  open: ReadonlySet<number> = new Set([0, 1, 2, 3, 4, 5, 6]),
): ReadonlyMap<string, Moment> {
  const found = new Map<string, Moment>();
  const ahead: Arrival[] = [{ key: document.start, from: start, certain: true }];
  for (let arrival = ahead.shift(); arrival !== undefined; arrival = earliest(ahead)) {
    const step = stepAt(document, arrival.key);
    if (step === undefined) continue;
    const at = opening(step, addDelay(arrival.from, delayOf(step.delay)), open);
    const before = found.get(step.key);
    if (before !== undefined) {
      const agrees = arrival.certain && daysBetween(before.at, at) === 0;
      found.set(step.key, { ...before, certain: before.certain && agrees });
      continue;
    }
    found.set(step.key, { at, day: daysBetween(start, at), certain: arrival.certain });
    const certain = arrival.certain && !waits(step);
    ahead.push(...leadsTo(step).map((key) => ({ key, from: at, certain })));
  }
  return found;
}

interface Arrival {
  readonly key: string | null;
  readonly from: Date;
  readonly certain: boolean;
}

/** Take the earliest arrival, so that each step is met first at its first possible moment. */
function earliest(ahead: Arrival[]): Arrival | undefined {
  ahead.sort((one, other) => one.from.getTime() - other.from.getTime());
  return ahead.shift();
}

function opening(step: Step, at: Date, open: ReadonlySet<number>): Date {
  if (!SENDS.has(step.kind) || open.size === 0) return at;
  const moved = new Date(at);
  for (let tries = 0; tries < DAYS_OF_A_WEEK && !open.has(moved.getDay()); tries++) {
    moved.setDate(moved.getDate() + 1);
  }
  return moved;
}

/** Tell whether nobody knows how long a step takes. */
export function waits(step: Step): boolean {
  if (step.kind === "task") return step.waits ?? true;
  return step.kind === "wait_for" || step.kind === "voice";
}

/** Return the steps that reach a person, with their day, for a beat strip; the way of `next` is the line. */
export function beats(document: FlowDocument, days: ReadonlyMap<string, Moment>) {
  return document.steps.flatMap((step) => {
    const moment = days.get(step.key);
    const drawn = SENDS.has(step.kind) || step.kind === "task";
    return drawn && moment !== undefined ? [{ step, day: moment.day }] : [];
  });
}
