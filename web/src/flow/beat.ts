// Geometry of the beat strip: steps set at their day on one line, time drawn to scale.
import { apart } from "./line";

export interface BeatMark<Step> {
  readonly step: Step;
  readonly x: number;
}

export interface Beat<Step> {
  readonly marks: readonly BeatMark<Step>[];
  readonly ticks: readonly number[];
}

/** `end` pads the strip to a shared scale when strips are compared; days beyond it stretch the scale. */
export interface BeatScale {
  readonly width: number;
  readonly radius: number;
  readonly end?: number;
}

const DAYS_WITH_A_TICK_EACH = 28;

/** Set steps on the strip, in the order of their days. Those of the same day sit side by side. */
export function beat<Step extends { readonly day: number }>(
  steps: readonly Step[],
  { width, radius, end = 0 }: BeatScale,
): Beat<Step> {
  const inOrder = steps.toSorted((one, other) => one.day - other.day);
  const last = Math.max(end, 1, ...steps.map((step) => step.day));
  const place = (day: number) => radius + (day / last) * (width - 2 * radius);
  const every = last > DAYS_WITH_A_TICK_EACH ? 7 : 1;
  const ticks = Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => place(index * every));
  const ideal = inOrder.map((step) => place(step.day));
  const right = Math.max(radius, width - radius);
  // More than have room side by side cover each other: beyond the strip they would make the page wider.
  const gap = Math.min(radius * 2 + 2, (right - radius) / Math.max(1, steps.length - 1));
  const xs = apart(ideal, gap, radius, right);
  return { marks: inOrder.map((step, index) => ({ step, x: xs[index] ?? radius })), ticks };
}
