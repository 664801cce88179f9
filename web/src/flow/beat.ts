// Geometry of the beat strip: steps set at their day on one line, time drawn to scale.

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

/** Set steps on the strip. Steps of the same day sit side by side, in the order given. */
export function beat<Step extends { readonly day: number }>(
  steps: readonly Step[],
  { width, radius, end = 0 }: BeatScale,
): Beat<Step> {
  const last = Math.max(end, 1, ...steps.map((step) => step.day));
  const place = (day: number) => radius + (day / last) * (width - 2 * radius);
  const every = last > DAYS_WITH_A_TICK_EACH ? 7 : 1;
  const ticks = Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => place(index * every));
  return { marks: sideBySide(steps, place, { width, radius }), ticks };
}

function sideBySide<Step extends { readonly day: number }>(
  steps: readonly Step[],
  place: (day: number) => number,
  { width, radius }: BeatScale,
): BeatMark<Step>[] {
  const gap = radius * 2 + 2;
  const onDay = Map.groupBy(steps, (step) => step.day);
  return steps.map((step) => {
    const group = onDay.get(step.day) ?? [step];
    // A group at the right edge grows to the left: nothing is drawn outside the strip.
    const start = Math.max(radius, Math.min(place(step.day), width - radius - (group.length - 1) * gap));
    return { step, x: start + group.indexOf(step) * gap };
  });
}
