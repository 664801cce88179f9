// Geometry of a sequence's line on the live board: steps and people set at their time, drawn to scale.

export interface LineStep {
  readonly key: string;
  readonly after_seconds: number;
  readonly waits_seconds: number;
  readonly drawn: boolean;
}

export interface LinePerson {
  readonly enrollment_id: number;
  readonly step: string;
  readonly origin_at: string;
  readonly due_at: string | null;
}

export interface LineMark<Step> {
  readonly step: Step;
  readonly x: number;
}

/** `startX` is the first moment, `endX` where the circle of those who are done stands. */
export interface Line<Step> {
  readonly marks: readonly LineMark<Step>[];
  readonly ticks: readonly number[];
  readonly startX: number;
  readonly endX: number;
  readonly unit: Unit;
  /** Return the place of a moment, in seconds from the start. */
  readonly at: (seconds: number) => number;
  /** Return the place of somebody who waits: as `at`, but never under a mark. */
  readonly beside: (seconds: number) => number;
}

export type Unit = "minute" | "hour" | "day";

export const SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const satisfies Record<Unit, number>;

export interface LineSpace {
  readonly width: number;
  readonly radius: number;
  readonly done: number;
}

const SIDE_BY_SIDE = 8;
const CLEAR = 6;
const MARGIN = 16;
const TAIL_SHARE = 0.11;
const MOST_TICKS = 62;

/** Set drawn steps on a line of this width; those of one moment stand side by side, time bends around them. */
export function line<Step extends LineStep>(steps: readonly Step[], space: LineSpace): Line<Step> {
  const drawn = steps.filter((step) => step.drawn);
  const last = Math.max(1, ...drawn.map((step) => step.after_seconds));
  const startX = space.radius + MARGIN;
  const endX = space.width - space.done - 2;
  const tail = Math.max(space.radius + space.done + 10, space.width * TAIL_SHARE);
  const stretch = Math.max(1, endX - tail - startX);
  const ideal = drawn.map((step) => startX + (step.after_seconds / last) * stretch);
  const xs = apart(ideal, space.radius * 2 + SIDE_BY_SIDE, startX, startX + stretch);
  const marks = drawn.map((step, index) => ({ step, x: xs[index] ?? startX }));
  const at = bend([
    { seconds: 0, x: startX },
    ...marks.map((mark) => ({ seconds: mark.step.after_seconds, x: mark.x })),
  ]);
  const unit = unitOf(last);
  const beside = (seconds: number) => clear(at(seconds), marks, space.radius + CLEAR);
  return { marks, ticks: ticksOf(last, unit).map(at), startX, endX, unit, at, beside };
}

/** Move a place out from under the marks: towards the middle between its neighbours, the order is kept. */
function clear(x: number, marks: readonly LineMark<unknown>[], margin: number): number {
  const left = marks.findLast((mark) => mark.x < x)?.x;
  const right = marks.find((mark) => mark.x >= x)?.x;
  if (left === undefined) return (right ?? x + margin) - margin;
  if (right === undefined) return left + margin;
  const gap = right - left;
  const edge = Math.min(margin, gap / 2);
  return left + edge + ((x - left) / gap) * (gap - 2 * edge);
}

/** Push places apart until neighbours keep the gap, first to the right, then back from the right edge. */
export function apart(ideal: readonly number[], gap: number, left: number, right: number): number[] {
  const fitting = Math.min(gap, ideal.length > 1 ? (right - left) / (ideal.length - 1) : gap);
  const xs = [...ideal];
  for (let i = 1; i < xs.length; i++) xs[i] = Math.max(xs[i] ?? 0, (xs[i - 1] ?? 0) + fitting);
  let limit = right;
  for (let i = xs.length - 1; i >= 0; i--) {
    xs[i] = Math.min(xs[i] ?? 0, limit);
    limit = (xs[i] ?? 0) - fitting;
  }
  return xs;
}

interface Anchor {
  readonly seconds: number;
  readonly x: number;
}

/** Return the map from time to place that runs straight from anchor to anchor. */
function bend(anchors: readonly Anchor[]): (seconds: number) => number {
  return (seconds) => {
    const next = anchors.findIndex((anchor) => anchor.seconds > seconds);
    const before = next < 0 ? anchors.at(-1) : anchors[next - 1];
    const after = next < 0 ? undefined : anchors[next];
    if (before === undefined) return anchors[0]?.x ?? 0;
    if (after === undefined) return before.x;
    return before.x + ((seconds - before.seconds) / (after.seconds - before.seconds)) * (after.x - before.x);
  };
}

function unitOf(last: number): Unit {
  if (last >= 2 * SECONDS.day) return "day";
  return last >= 3 * SECONDS.hour ? "hour" : "minute";
}

function ticksOf(last: number, unit: Unit): number[] {
  const every = [1, 7, 30, 365]
    .map((count) => count * SECONDS[unit])
    .find((step) => last / step <= MOST_TICKS / 2);
  const step = every ?? last;
  return Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
}

/** Return how much of the delay before its step a person has waited: 0 just arrived, 1 due. */
export function shareWaited(person: Pick<LinePerson, "origin_at" | "due_at">, now: number): number {
  if (person.due_at === null) return 0;
  const from = Date.parse(person.origin_at);
  const until = Date.parse(person.due_at);
  return until <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (until - from)));
}

/** Return the moment on the line, in seconds from its start, of somebody who waits before `step`. */
export function secondsAt(step: LineStep, share: number): number {
  return step.after_seconds - step.waits_seconds * (1 - share);
}

/** Return a number in [0, 1) that stays with an id, so that a dot keeps its height. */
export function steady(id: number): number {
  const mixed = Math.imul(id ^ (id >>> 15), 0x2c1b3c6d);
  const again = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((again ^ (again >>> 15)) >>> 0) / 2 ** 32;
}
