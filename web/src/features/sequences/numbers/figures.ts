// The numbers of a step, each with the filter of the enrollments that shows the people behind it.
import type { StepNumbers } from "@/api/stepNumbers";
import { entriesOf, percents } from "@/flow/branches";
import type { Step } from "@/flow/document";

export interface Figure {
  readonly name: "waiting" | "done" | "replied" | "skipped" | "failed" | "way";
  readonly count: number;
  /** Why, or which way; "" where there is none. */
  readonly reason: string;
}

/** Return what is said on the card of a step, without what is nothing. */
export function figuresOf(numbers: StepNumbers): readonly Figure[] {
  const plain = (["waiting", "done", "replied"] as const).map((name) => ({
    name,
    count: numbers[name],
    reason: "",
  }));
  const reasons = (["skipped", "failed"] as const).flatMap((name) =>
    numbers[name].map(({ name: reason, people }) => ({ name, count: people, reason })),
  );
  return [...plain, ...reasons].filter(({ count }) => count > 0);
}

/** Return the ways that were taken out of a step. */
export function waysTaken({ ways }: StepNumbers): readonly Figure[] {
  return ways.map(({ name, people }) => ({ name: "way", count: people, reason: name }));
}

/** Return the address of the people behind a number. */
export function behind(sequenceId: number, step: string, { name, reason }: Figure): string {
  const query = new URLSearchParams(name === "waiting" ? { step } : { met: name, met_step: step });
  if (reason !== "") query.set("met_reason", reason);
  return `/sequences/${sequenceId}/enrollments?${query.toString()}`;
}

/** Return by what name the server counts a way out of a step. */
export function nameOfWay(step: Step, way: string): string {
  const [, place] = way.split(".");
  if (place !== undefined) return entriesOf(step)[Number(place)]?.name ?? "";
  return way === "next" ? nextOf(step) : way;
}

function nextOf(step: Step): string {
  if (step.kind === "wait_for") return step.event ?? "";
  return step.kind === "condition" || step.kind === "ai_decide" ? "else" : "next";
}

/**
 * Return the part of all that took a way who took this one, in whole percent; undefined where nobody took any.
 *
 * The shares of all ways sum up to 100.
 */
export function shareOf(ways: Readonly<Record<string, number>>, name: string): number | undefined {
  const names = Object.keys(ways).toSorted();
  const shares = percents(names.map((each) => ways[each] ?? 0));
  return shares.every((share) => share === 0) ? undefined : (shares[names.indexOf(name)] ?? 0);
}
