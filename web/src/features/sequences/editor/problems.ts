import type { FlowProblem } from "@/api/sequenceContent";

/** Return the severity to show: an error where there is one. */
export function worst(problems: readonly FlowProblem[]): FlowProblem["severity"] | undefined {
  if (problems.some((problem) => problem.severity === "error")) return "error";
  return problems.length > 0 ? "warning" : undefined;
}

/** Return how many are of a severity. */
export function countOf(problems: readonly FlowProblem[], severity: FlowProblem["severity"]): number {
  return problems.filter((problem) => problem.severity === severity).length;
}
