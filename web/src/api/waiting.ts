// What waits for me, for the rail. The rooms ask the same under the same keys, so that both always agree.
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "./client";

const OFTEN = 30_000;
const ONLY_MINE = true;

/** Conversations that want an answer, and replies that belong to nobody yet. */
export function useWaitingReplies(): number {
  const { data } = useQuery({
    queryKey: ["conversations", "counts"],
    queryFn: () => answer(api.GET("/api/conversations/counts")),
    refetchInterval: OFTEN,
    retry: false,
  });
  return data === undefined ? 0 : data.needs_answer + data.unmatched;
}

/** My tasks that are due today or were before. */
export function useDueTasks(): number {
  const [zone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const { data } = useQuery({
    queryKey: ["tasks", "counts", ONLY_MINE],
    queryFn: () => answer(api.GET("/api/tasks/counts", { params: { query: { mine: ONLY_MINE, zone } } })),
    refetchInterval: OFTEN,
    retry: false,
  });
  return data?.today ?? 0; // what is overdue is counted there too
}

/** People who wait for a yes before their sequence starts. */
export function useWaitingReviews(): number {
  const { data } = useQuery({
    queryKey: ["reviews", "counts"],
    queryFn: () => answer(api.GET("/api/reviews/counts")),
    refetchInterval: OFTEN,
    retry: false,
  });
  return data?.people ?? 0;
}

/** Answers that agents drafted and nobody has sent. */
export function useWaitingAnswers(): number {
  const { data } = useQuery({
    queryKey: ["approvals", "answers", "counts"],
    queryFn: () => answer(api.GET("/api/answer-drafts/counts")),
    refetchInterval: OFTEN,
    retry: false,
    meta: { quiet: true },
  });
  return data?.waiting ?? 0;
}

/** Drafts of agents that wait for a yes before they leave. */
export function useWaitingDrafts(): number {
  const { data } = useQuery({
    queryKey: ["approvals", "counts"],
    queryFn: () => answer(api.GET("/api/approvals/counts")),
    refetchInterval: OFTEN,
    retry: false,
  });
  return data?.waiting ?? 0;
}
