// What is different between two documents of one flow, step by step; steps are the same by their key.
import type { FlowDocument, Step } from "./document";
import { same } from "./fields";

export type Difference =
  | { readonly change: "added" | "removed"; readonly step: Step }
  | { readonly change: "changed"; readonly step: Step; readonly fields: readonly string[] }
  | { readonly change: "moved"; readonly step: Step };

/** List what `after` says otherwise than `before`, in the order of `after`; removed steps come last. */
export function differences(before: FlowDocument, after: FlowDocument): readonly Difference[] {
  const old = new Map(before.steps.map((step) => [step.key, step]));
  const kept = new Set(after.steps.map((step) => step.key));
  const now = after.steps.flatMap((step): Difference[] => {
    const was = old.get(step.key);
    return was === undefined ? [{ change: "added", step }] : changes(was, step, old, kept);
  });
  const gone = before.steps.filter((step) => !kept.has(step.key));
  return [...now, ...gone.map((step): Difference => ({ change: "removed", step }))];
}

function changes(
  was: Step,
  step: Step,
  old: ReadonlyMap<string, Step>,
  kept: ReadonlySet<string>,
): Difference[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(step)])];
  const other = names.filter((name) => !same(field(was, name), field(step, name)));
  const fields = other.filter((name) => name !== "next");
  if (fields.length > 0) return [{ change: "changed", step, fields }];
  // A way that only gives room to a new step, or closes over a removed one, is no news of this step.
  const leads = (key: string | null) => key === null || (old.has(key) && kept.has(key));
  const moved = other.includes("next") && leads(was.next) && leads(step.next);
  return moved ? [{ change: "moved", step }] : [];
}

function field(step: Step, name: string): unknown {
  return (step as unknown as Record<string, unknown>)[name];
}
