// Which problems of a step are drawn on one of its fields, so that the list below does not say them again.
import type { FlowProblem } from "@/api/sequenceContent";
import { isWithin, placeOf } from "@/flow/places";
import type { Kind } from "@/flow/document";

/** `kind` is what the note above says of a kind that cannot be used. */
const OF_ALL = ["kind", "on_skip", "on_failure"];

/** Of a list of ways, itself and the names of its entries are drawn; of a condition, each rule is. */
const IN_PARTS = /^(?:branches|arms)(?:\[\d+\]\.name)?$|^(?:only_if|branches\[\d+\]\.condition)\.rules\[/;

/** The fields of each kind that draw their problems. */
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  email: ["content"],
  sms: ["text"],
  whatsapp: ["text", "template_id", "template_variables"],
  voice: ["script"],
  task: ["title", "text", "when_not_done", "assignee"],
  condition: [],
  split: [],
  wait_for: ["event", "time_limit"],
  go_to: ["target"],
  ai_decide: ["question", "time_limit"],
  ai_qualify: ["question", "time_limit"],
  notify: ["to", "by", "text"],
  tag: ["tag"],
  set_field: ["field", "value"],
  set_stage: ["stage"],
  list: ["list"],
  other_sequence: ["sequence"],
  webhook: ["url", "body"],
  suppress: ["channel"],
  end: [],
};

/** Tell whether a field of the step says this problem itself. */
export function isDrawn(problem: FlowProblem, kind: Kind): boolean {
  const path = placeOf(problem);
  return IN_PARTS.test(path) || [...OF_ALL, ...FIELDS[kind]].some((place) => isWithin(path, place));
}
