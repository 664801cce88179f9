import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument, Step, TaskStep } from "@/flow/document";
import { change, remove } from "@/flow/edits";

type Fix = (document: FlowDocument) => FlowDocument;

/** Return the edit that mends a problem, where there is exactly one that anybody would choose. */
export function fixOf(problem: FlowProblem, step: Step, document: FlowDocument): Fix | undefined {
  if (problem.code === "wait_never_ends" && step.kind === "task") {
    return (held) => change<TaskStep>(held, step.key, { when_not_done: "skip" });
  }
  if (problem.code === "delay_too_short" && document.start !== step.key) {
    return (held) => change(held, step.key, { delay: "1d" });
  }
  if (problem.code === "unreachable_step") return (held) => remove(held, step.key);
  return undefined;
}
