// Reviews: who waits for a yes before anything runs, and the yes or no.
import { useQuery } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Review = Schemas["ReviewOut"];
export type ReviewFilter = Partial<Schemas["ReviewFilterBody"]>;
export type Decided = Schemas["MovedManyOut"];
export type Decision = "approve" | "reject";
/** Whom it concerns: these, or all that fit a filter. */
export type Meant = { readonly ids: number[] } | { readonly all: ReviewFilter };

const OFTEN = 30_000;
const ALL = ["reviews"] as const;

export function useReviews(filter: ReviewFilter) {
  return useInfinite<Review>({
    key: [...ALL, "list", filter],
    read: (cursor) =>
      answer(api.GET("/api/reviews", { params: { query: { ...filter, cursor: cursor ?? "", limit: 50 } } })),
    every: OFTEN,
  });
}

/** How many wait, and in which sequences. */
export function useReviewCounts() {
  return useQuery({
    queryKey: [...ALL, "counts"],
    queryFn: () => answer(api.GET("/api/reviews/counts")),
    refetchInterval: OFTEN,
    retry: false,
    meta: { quiet: true },
  });
}

interface Asked {
  readonly decision: Decision;
  readonly meant: Meant;
}

interface Said {
  readonly said: (asked: Asked, answered: Decided) => string;
}

/** Say yes or no. Both are final: who was approved starts at once, who was rejected finishes. */
export function useDecide({ said }: Said) {
  return useOptimistic({
    act: decide,
    keys: [[...ALL, "list"]],
    change: inPages<Review, Asked>((row, { meant }) =>
      "ids" in meant && meant.ids.includes(row.id) ? undefined : row,
    ),
    refresh: [ALL, ["enrollments"], ["sequences"], ["contacts"], ["today"]],
    said,
  });
}

function decide({ decision, meant }: Asked): Promise<Decided> {
  const body = meant as Schemas["DecideIn"];
  if (decision === "reject") return answer(api.POST("/api/reviews/reject", { body }));
  const params = { header: { "Idempotency-Key": idempotencyKey() } };
  return answer(api.POST("/api/reviews/approve", { body, params }));
}

/** What a step would say to the person who waits, as the version that they are enrolled in has it. */
export function useFirstMessage(row: Review, step: string | undefined) {
  return useQuery({
    queryKey: [...ALL, "message", row.id, step],
    queryFn: () =>
      answer(
        api.POST("/api/sequences/{sequence_id}/preview", {
          params: { path: { sequence_id: row.sequence_id } },
          body: { step: step ?? "", enrollment_id: row.id },
        }),
      ),
    enabled: step !== undefined,
    staleTime: 60_000,
    retry: false,
    meta: { quiet: true },
  });
}
