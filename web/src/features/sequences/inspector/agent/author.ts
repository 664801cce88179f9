import type { Step } from "@/flow/document";

/** Return who writes a step: a person, unless it says that the agent does. */
export function authorOf(step: Step): "person" | "agent" {
  return "written_by" in step ? (step.written_by ?? "person") : "person";
}
