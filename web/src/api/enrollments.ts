// Enrollments: the table of a sequence, one person's way, Why?, and what people ask of one or many.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Enrollment = Schemas["EnrollmentOut"];
export type EnrollmentDetail = Schemas["EnrollmentDetailOut"];
export type EnrollmentFilter = Partial<Schemas["FilterBody"]>;
export type EnrollmentCounts = Schemas["EnrollmentCountsOut"];
export type NextAction = Schemas["NextActionOut"];
export type StripMark = Schemas["MarkOut"];
export type TimelineItem = Schemas["TimelineOut"];
export type Why = Schemas["WhyOut"];
export type WhyLine = Schemas["WhyLineOut"];
export type Moved = Schemas["MovedManyOut"];
export type Resolution = Schemas["ResolveIn"]["resolution"];
export type EnrollmentSort = "newest" | "oldest" | "next";
export type Group = NonNullable<EnrollmentFilter["group"]>;
export type Verb = "pause" | "resume" | "stop";
export type Selected = Pick<Schemas["PauseIn"], "ids" | "all">;

export const enrollmentKeys = {
  all: ["enrollments"],
  list: (filter: EnrollmentFilter, sort: string) => ["enrollments", "list", filter, sort],
  counts: (sequenceId: number) => ["enrollments", "counts", sequenceId],
  one: (id: number) => ["enrollments", "one", id],
  why: (id: number) => ["enrollments", "one", id, "why"],
} as const;

const LIVE = 15_000;

export function useEnrollments(filter: EnrollmentFilter, sort: EnrollmentSort = "newest") {
  return useInfinite<Enrollment>({
    key: enrollmentKeys.list(filter, sort),
    read: (cursor) =>
      answer(api.GET("/api/enrollments", { params: { query: { ...filter, sort, cursor: cursor ?? "" } } })),
    every: LIVE,
  });
}

export function useEnrollmentCounts(sequenceId: number) {
  return useQuery({
    queryKey: enrollmentKeys.counts(sequenceId),
    queryFn: () =>
      answer(api.GET("/api/enrollments/counts", { params: { query: { sequence_id: sequenceId } } })),
    refetchInterval: LIVE,
  });
}

export function useEnrollment(id: number) {
  return useQuery({
    queryKey: enrollmentKeys.one(id),
    queryFn: () =>
      answer(api.GET("/api/enrollments/{enrollment_id}", { params: { path: { enrollment_id: id } } })),
    refetchInterval: LIVE,
    retry: false,
  });
}

export function useWhy(id: number, enabled = true) {
  return useQuery({
    queryKey: enrollmentKeys.why(id),
    queryFn: () =>
      answer(api.GET("/api/enrollments/{enrollment_id}/why", { params: { path: { enrollment_id: id } } })),
    enabled,
  });
}

/** What a stop of these would leave out. */
export function useStopReach(selected: Selected | undefined) {
  return useQuery({
    queryKey: ["enrollments", "reach", selected],
    queryFn: () => answer(api.POST("/api/enrollments/reach", { body: selected ?? {} })),
    enabled: selected !== undefined,
  });
}

interface Asked {
  readonly verb: Verb;
  readonly selected: Selected;
  /** Move the dates by the length of the pause. */
  readonly shift?: boolean;
}

const SHOWN_AS: Readonly<Record<Verb, Partial<Enrollment>>> = {
  pause: { state: "paused", reason: "manual" },
  resume: { state: "active", reason: "" },
  stop: { state: "finished", reason: "manual", next: null },
};

interface Said<Variables> {
  readonly said: (variables: Variables, data: Moved) => string;
}

/** Pause, resume or stop. A pause can be undone; a stop is final. */
export function useMoveEnrollments({ said }: Said<Asked>) {
  return useOptimistic({
    act: move,
    keys: [["enrollments", "list"]],
    change: inPages<Enrollment, Asked>((row, { verb, selected }) =>
      isMeant(row, selected, verb) ? { ...row, ...SHOWN_AS[verb] } : row,
    ),
    refresh: [enrollmentKeys.all, ["sequences"], ["today"], ["conversations"]],
    said,
  });
}

function isMeant(row: Enrollment, { ids }: Selected, verb: Verb): boolean {
  if (ids?.includes(row.id) !== true || row.state === "finished") return false;
  return verb === "resume" ? row.state === "paused" : verb === "stop" || row.state !== "paused";
}

function move({ verb, selected, shift = false }: Asked): Promise<Moved> {
  switch (verb) {
    case "pause":
      return answer(api.POST("/api/enrollments/pause", { body: selected }));
    case "resume":
      return answer(
        api.POST("/api/enrollments/resume", {
          body: { ...selected, shift },
          params: { header: { "Idempotency-Key": idempotencyKey() } },
        }),
      );
    case "stop":
      return answer(api.POST("/api/enrollments/stop", { body: selected }));
  }
}

interface Resolved {
  readonly ids: number[];
  readonly resolution: Resolution;
}

/** Say what became of messages in doubt. */
export function useResolveEnrollments({ said }: Said<Resolved>) {
  return useOptimistic({
    act: (body: Resolved) =>
      answer(
        api.POST("/api/enrollments/resolve", {
          body,
          params: { header: { "Idempotency-Key": idempotencyKey() } },
        }),
      ),
    keys: [enrollmentKeys.all],
    refresh: [["today"]],
    said,
  });
}

/** How far work in the background is; asked until it has ended. */
export function useJob(id: number | null) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["jobs", id],
    queryFn: async () => {
      const job = await answer(api.GET("/api/jobs/{job_id}", { params: { path: { job_id: id ?? 0 } } }));
      if (job.finished_at !== null) {
        const moved = [enrollmentKeys.all, ["reviews"]];
        await Promise.all(moved.map((queryKey) => client.invalidateQueries({ queryKey })));
      }
      return job;
    },
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.finished_at == null ? 1_000 : false),
  });
}
