// What waits for me, room by room, for the rail and the bottom bar.
import {
  useDueTasks,
  useWaitingAnswers,
  useWaitingDrafts,
  useWaitingReplies,
  useWaitingReviews,
} from "@/api/waiting";
import type { RoomName } from "./rooms";

export interface Waiting {
  readonly count: number;
  /** Somebody waits for an answer: the count is in the accent colour. */
  readonly urgent: boolean;
}

export type Counts = Readonly<Partial<Record<RoomName, Waiting>>>;

export function useCounts(): Counts {
  return {
    inbox: { count: useWaitingReplies(), urgent: true },
    approvals: { count: useWaitingDrafts() + useWaitingAnswers(), urgent: true },
    reviews: { count: useWaitingReviews(), urgent: false },
    tasks: { count: useDueTasks(), urgent: false },
  };
}
