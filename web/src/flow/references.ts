// What a step names besides its ways out: the target of a step back, detours after a skip or a failure, and the
// steps that conditions ask about.
import type { Condition, Rule } from "./condition";
import type { Step, Way } from "./document";
import { isRule } from "./rules";

/** Says which step shall be named instead of one; undefined: it is not there. */
export type Lead = (key: string) => string | undefined;

/**
 * Let a step name other steps. What is not there is dropped from detours and steps back; a rule names `missing`
 * instead, so that the server says that it asks about nothing, and does not ask about everything by itself.
 */
export function withReferences(step: Step, lead: Lead, missing: string): Step {
  const changed: Record<string, unknown> = { ...step };
  if (step.kind === "go_to") set(changed, "target", lead(step.target ?? ""));
  for (const name of ["on_skip", "on_failure"] as const) {
    if (step[name]?.kind === "step") set(changed, name, wayTo(lead(step[name].step ?? "")));
  }
  const asked = (condition: Condition) => asking(condition, (key) => lead(key) ?? missing);
  return { ...changed, ...conditionsOf(step, asked) } as unknown as Step;
}

function wayTo(step: string | undefined): Way | undefined {
  return step === undefined ? undefined : { kind: "step", step };
}

function conditionsOf(step: Step, asked: (condition: Condition) => Condition) {
  const branches = step.kind === "condition" ? step.branches : undefined;
  return {
    ...(step.only_if ? { only_if: asked(step.only_if) } : {}),
    ...(branches && { branches: branches.map((each) => ({ ...each, condition: asked(each.condition) })) }),
  };
}

/** Set a field, or leave it away where nothing is left to say. */
function set(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) Reflect.deleteProperty(fields, name);
  else fields[name] = value;
}

/** Let the rules of a condition ask about other steps. */
function asking(condition: Condition, lead: (key: string) => string): Condition {
  if (condition.rules === undefined) return condition;
  const rules = condition.rules.map((entry): Rule | Condition => {
    if (!isRule(entry)) return asking(entry, lead);
    return entry.step == null ? entry : { ...entry, step: lead(entry.step) };
  });
  return { ...condition, rules };
}

/** List the steps that a step names besides its ways out. */
export function namedIn(step: Step): readonly string[] {
  const named: string[] = [];
  const note = (key: string) => {
    if (key !== "") named.push(key);
    return key;
  };
  withReferences(step, note, "");
  return named;
}
