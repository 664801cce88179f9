// A value while it is written, and what stood there before each line that came or went.

export interface Draft<Value> {
  readonly value: Value;
  /** The first first. */
  readonly before: readonly Value[];
}

/** Write `next`. What is typed within a line is no step of its own to take back. */
export function edited<Value>(draft: Draft<Value> | undefined, saved: Value, next: Value): Draft<Value> {
  const { value, before } = draft ?? { value: saved, before: [] };
  return { value: next, before: shapeOf(value) === shapeOf(next) ? before : [...before, value] };
}

/** Go back to before the last line; undefined where that leaves nothing to save. */
export function takenBack<Value>({ value, before }: Draft<Value>, saved: Value): Draft<Value> | undefined {
  const last = before.length === 0 ? value : (before.at(-1) as Value);
  return JSON.stringify(last) === JSON.stringify(saved)
    ? undefined
    : { value: last, before: before.slice(0, -1) };
}

function shapeOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) => (typeof each === "object" ? each : 0));
}
