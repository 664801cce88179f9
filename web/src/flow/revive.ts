// Putting back what was taken out, into a document that was edited since.
import type { FlowDocument, Step } from "./document";
import { healed } from "./edits";
import { connect, replace, slotInto } from "./slots";
import { onwards, stepAt } from "./ways";

/** Put removed steps back; the way of `before` that led to `key` leads there again. */
export function revive(
  document: FlowDocument,
  before: FlowDocument,
  key: string,
  lost: readonly Step[],
): FlowDocument {
  const whole = putBack(document, lost);
  const slot = slotInto(before, key);
  const isThere = slot?.step === null || stepAt(document, slot?.step ?? null) !== undefined;
  return slot !== undefined && isThere ? connect(whole, slot, key) : whole;
}

/** Let a step be again what it was in `before`, with the steps that were lost. */
export function reset(
  document: FlowDocument,
  before: FlowDocument,
  key: string,
  lost: readonly Step[],
): FlowDocument {
  const was = stepAt(before, key);
  if (was === undefined) return document;
  return putBack(
    replace(document, key, () => was),
    lost,
  );
}

/** Add steps that are not there; ways to steps that are gone meanwhile end. */
function putBack(document: FlowDocument, lost: readonly Step[]): FlowDocument {
  const missing = lost.filter((step) => stepAt(document, step.key) === undefined);
  const back = { ...document, steps: [...document.steps, ...missing] };
  const gone = new Set(back.steps.flatMap((step) => onwards(step)).filter((to) => to !== null));
  for (const step of back.steps) gone.delete(step.key);
  return healed(back, gone, null);
}
