// Tasks: what is due, one with its context, done, skipped, put off, tried again, handed on, written by hand.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";
import { ownZone } from "./today";
import { wholeList } from "./whole";

type Schemas = components["schemas"];
export type Task = Schemas["TaskOut"];
export type TaskDetail = Schemas["TaskDetailOut"];
export type TaskIn = Schemas["TaskIn"];
export type When = "overdue" | "today" | "upcoming" | "open" | "done";
/** Whose tasks: everybody's, one's own, or those of the member with this id. */
export type Whose = "everyone" | "mine" | number;

const LIVE = 15_000;
/** What was said of a task can be taken back for so long; what follows from it waits. */
export const UNDO_SECONDS = 10;
const HELD = { undo_within: UNDO_SECONDS } as const;
const UNDO_MS = UNDO_SECONDS * 1_000;

const queryOf = (whose: Whose) => ({
  mine: whose === "mine",
  assignee_id: typeof whose === "number" ? whose : null,
  zone: ownZone(),
});

export function useTasks(when: When, whose: Whose) {
  return useInfinite<Task>({
    key: ["tasks", "list", when, whose],
    read: (cursor) =>
      answer(api.GET("/api/tasks", { params: { query: { when, ...queryOf(whose), cursor: cursor ?? "" } } })),
    every: LIVE,
  });
}

export function useTaskCounts(whose: Whose) {
  return useQuery({
    // The frame asks for one's own under `true`.
    queryKey: ["tasks", "counts", whose === "mine" ? true : whose],
    queryFn: () => answer(api.GET("/api/tasks/counts", { params: { query: queryOf(whose) } })),
    refetchInterval: LIVE,
  });
}

export function useTask(id: number) {
  return useQuery({
    queryKey: ["tasks", "one", id],
    queryFn: () => answer(api.GET("/api/tasks/{task_id}", { params: at(id) })),
    retry: false,
  });
}

/** To whom a task can be handed. */
export function useColleagues() {
  const { data } = useQuery({
    queryKey: ["members", "colleagues"],
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/members", { params: { query: { cursor, limit: 200 } } }))),
    select: ({ items }) => items.filter((member) => member.is_active),
    staleTime: 60_000,
    retry: false,
  });
  return data ?? [];
}

const LISTS = [["tasks", "list"]] as const;
const REFRESH = [["tasks", "counts"], ["tasks", "one"], ["today"], ["enrollments"], ["contacts"]] as const;
const at = (id: number) => ({ path: { task_id: id } });
const without = inPages<Task, { readonly id: number }>((task, { id }) => (task.id === id ? undefined : task));

const takeBack = (id: number) => answer(api.POST("/api/tasks/{task_id}/take-back", { params: at(id) }));

/** A task, and what the toast calls it: the next one is shown by then. */
interface Named {
  readonly id: number;
  readonly title: string;
}

type Said<Asked> = (asked: Asked) => string;

interface Done extends Named {
  readonly outcome: string;
  readonly note?: string | null;
}

/** Leaves the list at once; its enrollment goes on once it can be taken back no more. */
export function useCompleteTask(said: Said<Done>) {
  return useOptimistic({
    act: ({ id, outcome, note = null }: Done) =>
      answer(api.POST("/api/tasks/{task_id}/complete", { params: at(id), body: { outcome, note, ...HELD } })),
    keys: LISTS,
    change: without,
    refresh: REFRESH,
    said,
    undo: ({ id }: Done) => takeBack(id),
    undoFor: UNDO_MS,
  });
}

interface Skipped extends Named {
  readonly note?: string | null;
}

export function useSkipTask(said: Said<Skipped>) {
  return useOptimistic({
    act: ({ id, note = null }: Skipped) =>
      answer(api.POST("/api/tasks/{task_id}/skip", { params: at(id), body: { note, ...HELD } })),
    keys: LISTS,
    change: without,
    refresh: REFRESH,
    said,
    undo: ({ id }: Skipped) => takeBack(id),
    undoFor: UNDO_MS,
  });
}

/** Open a task again that was done by mistake. */
export function useTakeBack(said: Said<Named>) {
  return useOptimistic({
    act: ({ id }: Named) => takeBack(id),
    keys: LISTS,
    change: without,
    refresh: REFRESH,
    said,
  });
}

interface Snoozed extends Named {
  readonly until: string;
  /** Where it goes back to when that is undone. */
  readonly from: string;
  readonly note?: string | null;
}

/** `note` null: the one that is there stays. */
const snooze = (id: number, until: string, note: string | null = null) =>
  answer(api.POST("/api/tasks/{task_id}/snooze", { params: at(id), body: { until, note } }));

const SOON = 60_000;
const dueAgain = (from: string) => new Date(Math.max(Date.parse(from), Date.now() + SOON)).toISOString();

/** Put off; undone, it is due again when it was, or now. */
export function useSnoozeTask(said: Said<Snoozed>) {
  return useOptimistic({
    act: ({ id, until, note }: Snoozed) => snooze(id, until, note),
    keys: LISTS,
    change: without,
    refresh: REFRESH,
    said,
    undo: ({ id, from }: Snoozed) => snooze(id, dueAgain(from)),
  });
}

interface Again extends Snoozed {
  readonly outcome: string;
}

/** A call that reached nobody: counted, and due again. */
export function useTryAgain(said: Said<Again>) {
  return useOptimistic({
    act: ({ id, outcome, until, note = null }: Again) =>
      answer(api.POST("/api/tasks/{task_id}/again", { params: at(id), body: { outcome, until, note } })),
    keys: LISTS,
    change: without,
    refresh: REFRESH,
    said,
    undo: async ({ id, from }: Again) => {
      await takeBack(id);
      await snooze(id, dueAgain(from));
    },
  });
}

interface Reassigned extends Named {
  readonly to: number | null;
  readonly from: number | null;
}

const reassign = (id: number, to: number | null) =>
  answer(api.POST("/api/tasks/{task_id}/reassign", { params: at(id), body: { member_id: to } }));

export function useReassignTask(said: Said<Reassigned>) {
  return useOptimistic({
    act: ({ id, to }: Reassigned) => reassign(id, to),
    keys: [["tasks"]],
    refresh: [["today"]],
    said,
    undo: ({ id, from }: Reassigned) => reassign(id, from),
  });
}

export function useCreateTask(said: () => string) {
  return useOptimistic({
    act: (body: TaskIn) => answer(api.POST("/api/tasks", { body })),
    keys: [["tasks"]],
    refresh: [["today"], ["contacts"]],
    said,
    quiet: true,
  });
}
