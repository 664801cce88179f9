// Tasks: what is due, one with its context, done, skipped, put off, handed on.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";
import { ownZone } from "./today";

type Schemas = components["schemas"];
export type Task = Schemas["TaskOut"];
export type TaskDetail = Schemas["TaskDetailOut"];
export type When = "overdue" | "today" | "upcoming" | "open" | "done";

export const taskKeys = {
  all: ["tasks"],
  list: (when: When, mine: boolean) => ["tasks", "list", when, mine],
  one: (id: number) => ["tasks", "one", id],
} as const;

const LIVE = 15_000;

export function useTasks(when: When, mine: boolean) {
  return useInfinite<Task>({
    key: taskKeys.list(when, mine),
    read: (cursor) =>
      answer(
        api.GET("/api/tasks", { params: { query: { when, mine, zone: ownZone(), cursor: cursor ?? "" } } }),
      ),
    every: LIVE,
  });
}

export function useTaskCounts(mine: boolean) {
  return useQuery({
    queryKey: ["tasks", "counts", mine],
    queryFn: () => answer(api.GET("/api/tasks/counts", { params: { query: { mine, zone: ownZone() } } })),
    refetchInterval: LIVE,
  });
}

export function useTask(id: number | undefined) {
  return useQuery({
    queryKey: taskKeys.one(id ?? 0),
    queryFn: () => answer(api.GET("/api/tasks/{task_id}", { params: { path: { task_id: id ?? 0 } } })),
    enabled: id !== undefined,
    retry: false,
  });
}

const REFRESH = [["tasks", "counts"], ["tasks", "one"], ["today"], ["enrollments"]] as const;

interface Done {
  readonly id: number;
  readonly outcome?: string;
}

/** Leaves the list at once; its enrollment goes on, so it cannot be undone. */
export function useCompleteTask(said: (done: Done) => string) {
  return useOptimistic({
    act: ({ id, outcome = "" }: Done) =>
      answer(
        api.POST("/api/tasks/{task_id}/complete", { params: { path: { task_id: id } }, body: { outcome } }),
      ),
    keys: [["tasks", "list"]],
    change: without,
    refresh: REFRESH,
    said,
  });
}

export function useSkipTask(said: (done: Done) => string) {
  return useOptimistic({
    act: ({ id }: Done) =>
      answer(api.POST("/api/tasks/{task_id}/skip", { params: { path: { task_id: id } } })),
    keys: [["tasks", "list"]],
    change: without,
    refresh: REFRESH,
    said,
  });
}

const without = inPages<Task, { readonly id: number }>((task, { id }) => (task.id === id ? undefined : task));

interface Snoozed {
  readonly id: number;
  readonly until: string;
  /** Where it goes back to when that is undone. */
  readonly from: string;
}

const snooze = (id: number, until: string) =>
  answer(api.POST("/api/tasks/{task_id}/snooze", { params: { path: { task_id: id } }, body: { until } }));

const SOON = 60_000;

/** Put off; undone, it is due again when it was, or now. */
export function useSnoozeTask(said: (snoozed: Snoozed) => string) {
  return useOptimistic({
    act: ({ id, until }: Snoozed) => snooze(id, until),
    keys: [["tasks", "list"]],
    change: without,
    refresh: REFRESH,
    said,
    undo: ({ id, from }: Snoozed) =>
      snooze(id, new Date(Math.max(Date.parse(from), Date.now() + SOON)).toISOString()),
  });
}

interface Reassigned {
  readonly id: number;
  readonly to: number | null;
  readonly from: number | null;
}

const reassign = (id: number, to: number | null) =>
  answer(
    api.POST("/api/tasks/{task_id}/reassign", { params: { path: { task_id: id } }, body: { member_id: to } }),
  );

export function useReassignTask(said: (done: Reassigned) => string) {
  return useOptimistic({
    act: ({ id, to }: Reassigned) => reassign(id, to),
    keys: [taskKeys.all],
    refresh: [["today"]],
    said,
    undo: ({ id, from }: Reassigned) => reassign(id, from),
  });
}

/** Several at once, each with its usual outcome. */
export function useSettleTasks(verb: "complete" | "skip", said: (ids: readonly number[]) => string) {
  return useOptimistic({
    act: (ids: readonly number[]) =>
      answer(
        verb === "skip"
          ? api.POST("/api/tasks/skip", { body: { ids: [...ids] } })
          : api.POST("/api/tasks/complete", { body: { ids: [...ids] } }),
      ),
    keys: [["tasks", "list"]],
    change: inPages<Task, readonly number[]>((task, ids) => (ids.includes(task.id) ? undefined : task)),
    refresh: REFRESH,
    said,
  });
}
