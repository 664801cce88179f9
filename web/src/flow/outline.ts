// A flow with branches as an indented list: each step once, its ways below it, what they share below all.
// A row that another step can be put above names the slot for it.
import { forks, meeting } from "./blocks";
import type { FlowDocument, Step } from "./document";
import { once } from "./once";
import { AFTER, targetOf } from "./slots";
import { onwards, START, stepAt, waysOf, type Slot } from "./ways";

export type Row =
  | { readonly row: "step"; readonly key: string; readonly depth: number; readonly slot?: Slot }
  | { readonly row: "way"; readonly from: string; readonly way: string; readonly depth: number }
  | { readonly row: "below" | "end"; readonly depth: number; readonly slot: Slot }
  | { readonly row: "joins"; readonly to: string; readonly depth: number; readonly slot: Slot }
  | { readonly row: "unreached" };

/** List the rows of a flow; steps that no way reaches come last, below a row that says so. */
export function outline(document: FlowDocument): readonly Row[] {
  const rows: Row[] = [];
  const shown = new Set<string>();

  /** Add the rows from a slot on. Return the slot that leads to `until`, undefined where nothing does. */
  function walk(from: Slot, depth: number, until?: string | null): Slot | undefined {
    for (let slot: Slot | undefined = from; slot !== undefined;) {
      const key = targetOf(document, slot);
      if (until !== undefined && key === until) return slot;
      const step = stepAt(document, key);
      if (step === undefined || shown.has(step.key)) {
        rows.push(
          step === undefined ? { row: "end", depth, slot } : { row: "joins", to: step.key, depth, slot },
        );
        return undefined;
      }
      shown.add(step.key);
      rows.push({ row: "step", key: step.key, depth, slot });
      slot = forks(step) ? fork(step, depth) : behind(step);
    }
    return undefined;
  }

  function fork(step: Step, depth: number): Slot | undefined {
    const meet = meeting(document, step);
    for (const { way, to } of waysOf(step)) {
      if (isMoot(step, way) && to === meet) continue;
      rows.push({ row: "way", from: step.key, way, depth: depth + 1 });
      const left = walk({ step: step.key, way }, depth + 1, meet);
      if (left !== undefined) rows.push({ row: "below", depth: depth + 1, slot: left });
    }
    return meet === undefined ? undefined : { step: step.key, way: AFTER };
  }

  walk(START, 0);
  const lost = document.steps.filter((step) => !shown.has(step.key));
  if (lost.length > 0) rows.push({ row: "unreached" });
  rows.push(...lost.map(({ key }): Row => ({ row: "step", key, depth: 0 })));
  return rows;
}

/** Tell whether nobody takes a way: a split without a condition gives everybody an arm. */
function isMoot(step: Step, way: string): boolean {
  return step.kind === "split" && way === "next" && !step.only_if && (step.arms ?? []).length > 0;
}

function behind(step: Step): Slot | undefined {
  return onwards(step).length > 0 ? { step: step.key, way: "next" } : undefined;
}

/** Return the keys in the order in which the outline shows them. */
export const inOrder = once((document: FlowDocument): readonly string[] =>
  outline(document).flatMap((row) => (row.row === "step" ? [row.key] : [])),
);

/** Return every slot that the outline offers for a step, from top to bottom. */
export function places(document: FlowDocument): readonly Slot[] {
  return outline(document).flatMap((row) => ("slot" in row ? [row.slot] : []));
}
