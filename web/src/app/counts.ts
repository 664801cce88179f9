// What waits for me, room by room, for the rail and the bottom bar.
import type { RoomName } from "./rooms";

export interface Waiting {
  readonly count: number;
  /** Somebody waits for an answer: the count is in the accent colour. */
  readonly urgent: boolean;
}

export type Counts = Readonly<Partial<Record<RoomName, Waiting>>>;

const NOTHING: Counts = {};

/** Return the counts; none until the server offers them. */
export function useCounts(): Counts {
  return NOTHING;
}
