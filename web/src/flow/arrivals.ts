// What came since the page was opened, so that it can be shown as it happens. Times are milliseconds.

/** When each message was first seen here; 0 for those that were there before. */
export type Arrivals = ReadonlyMap<number, number>;

/** Note which messages are new; forget those that left the list. */
export function arrive(before: Arrivals | undefined, ids: readonly number[], now: number): Arrivals {
  return new Map(ids.map((id) => [id, before === undefined ? 0 : (before.get(id) ?? now)]));
}

/** Tell whether a message came within the last `within` milliseconds. */
export function isFresh(arrivals: Arrivals, id: number, now: number, within: number): boolean {
  const seen = arrivals.get(id) ?? 0;
  return seen > 0 && now - seen < within;
}

export interface Sample {
  readonly at: number;
  readonly count: number;
}

const REMEMBERED = 60_000;
const ENOUGH = 10_000;

/** Add a count to those of the last minute. */
export function sampled(samples: readonly Sample[], count: number, now: number): readonly Sample[] {
  return [...samples.filter((sample) => now - sample.at <= REMEMBERED), { at: now, count }];
}

/** Return how much a count grew within the last minute; undefined until ten seconds were seen. */
export function growth(samples: readonly Sample[]): number | undefined {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < ENOUGH) return undefined;
  return Math.max(0, last.count - first.count);
}
