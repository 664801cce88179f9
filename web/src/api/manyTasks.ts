// Several tasks at once. Each answers for itself; what could not be changed is told.
import { answer, api } from "./client";
import { inPages, useOptimistic } from "./query";
import type { components } from "./schema";
import { type Task, UNDO_SECONDS } from "./tasks";

export type ManyAnswers = components["schemas"]["SettledManyOut"];

/** What to do with them all. */
export type ManyAct =
  | { readonly verb: "complete" | "skip" }
  | { readonly verb: "snooze"; readonly until: string }
  | { readonly verb: "reassign"; readonly member_id: number | null };

export interface Many {
  readonly ids: readonly number[];
  readonly act: ManyAct;
}

function ask({ ids: chosen, act }: Many): Promise<ManyAnswers> {
  const ids = [...chosen];
  const held = { ids, undo_within: UNDO_SECONDS };
  switch (act.verb) {
    case "complete":
      return answer(api.POST("/api/tasks/complete", { body: held }));
    case "skip":
      return answer(api.POST("/api/tasks/skip", { body: held }));
    case "snooze":
      return answer(api.POST("/api/tasks/snooze", { body: { ids, until: act.until } }));
    case "reassign":
      return answer(api.POST("/api/tasks/reassign", { body: { ids, member_id: act.member_id } }));
  }
}

const leaves = inPages<Task, Many>((task, { ids, act }) =>
  act.verb !== "reassign" && ids.includes(task.id) ? undefined : task,
);

/** Done and skipped ones can be taken back for a moment; the others are changed again. */
export function useManyTasks(verb: ManyAct["verb"], said: (many: Many, answers: ManyAnswers) => string) {
  return useOptimistic({
    act: ask,
    keys: [["tasks", "list"]],
    change: leaves,
    refresh: [["tasks", "counts"], ["tasks", "one"], ["today"], ["enrollments"]],
    said,
    ...((verb === "complete" || verb === "skip") && {
      undo: (_: Many, { answers }: ManyAnswers) =>
        answer(
          api.POST("/api/tasks/take-back", {
            body: {
              ids: answers.filter(({ code }) => code === "done").map(({ id }) => id),
              undo_within: 0,
            },
          }),
        ),
      undoFor: UNDO_SECONDS * 1_000,
    }),
  });
}
