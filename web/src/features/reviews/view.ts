// What lies in the address, whom the list shows, and what comes first for somebody. Pure.
import type { Review, ReviewFilter } from "@/api/reviews";

export const DEFAULTS = { sequence: "", q: "", open: "" };
export type View = { readonly [Name in keyof typeof DEFAULTS]: string };

export function filterOf(sequenceId: number | undefined, { q }: View): ReviewFilter {
  return { ...(sequenceId !== undefined && { sequence_id: sequenceId }), ...(q !== "" && { q }) };
}

export interface First {
  readonly step: string;
  readonly kind: string;
  readonly job_type: string;
  /** Days after the yes. */
  readonly day: number;
  /** False: a decision comes before it. */
  readonly isSure: boolean;
}

/** Return the first step that reaches the person; on the way that most people take where a decision comes first. */
export function firstOf({ strip, step }: Review): First | undefined {
  const exact = strip.find((mark) => mark.step === step);
  const first = exact ?? strip[0];
  return first && { ...first, isSure: exact !== undefined };
}

const HOURS = 24;

export type Wait = { readonly unit: "atOnce" } | { readonly unit: "hours" | "days"; readonly count: number };

/** Say how long after the yes the first step comes. */
export function waitOf({ day }: First): Wait {
  const hours = Math.round(day * HOURS);
  if (hours < 1) return { unit: "atOnce" };
  return hours < HOURS ? { unit: "hours", count: hours } : { unit: "days", count: Math.round(day) };
}

/** Return who stands at hand once these are gone: the next one, else the last. */
export function nextOf(
  ids: readonly number[],
  here: number | undefined,
  gone: ReadonlySet<number>,
): number | undefined {
  const at = here === undefined ? -1 : ids.indexOf(here);
  const after = ids.slice(Math.max(at, 0)).find((id) => !gone.has(id));
  return after ?? ids.findLast((id) => !gone.has(id));
}
