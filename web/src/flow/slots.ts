// Where slots lead, and letting them lead elsewhere.
import { blockOf, forks } from "./blocks";
import type { FlowDocument, Step } from "./document";
import { onwards, rewired, START, stepAt, waysOf, type Slot } from "./ways";

/** The way of the slot behind all ways of a step. */
export const AFTER = "after";

/** Return where a slot leads. */
export function targetOf(document: FlowDocument, slot: Slot): string | null {
  if (slot.step === null) return document.start;
  if (slot.way === AFTER) return blockOf(document, slot.step).exit ?? null;
  const step = stepAt(document, slot.step);
  const ways = step === undefined ? [] : waysOf(step);
  return ways.find(({ way }) => way === slot.way)?.to ?? null;
}

/** Let a slot lead to a step, or with null to the end. */
export function connect(document: FlowDocument, slot: Slot, to: string | null): FlowDocument {
  if (slot.step === null) return { ...document, start: to };
  if (slot.way === AFTER) return connectAfter(document, slot.step, to);
  return replace(document, slot.step, (step) => rewired(step, (way, led) => (way === slot.way ? to : led)));
}

/** Let every way of a block that leaves it lead elsewhere. */
function connectAfter(document: FlowDocument, key: string, to: string | null): FlowDocument {
  const { keys, exit } = blockOf(document, key);
  const steps = document.steps.map((step) =>
    keys.has(step.key) && onwards(step).length > 0
      ? rewired(step, (way, led) => (way !== "target" && led === exit ? to : led))
      : step,
  );
  return { ...document, steps };
}

/** Return a slot that leads to a step, the first that there is; undefined where nothing leads to it. */
export function slotInto(document: FlowDocument, key: string): Slot | undefined {
  if (document.start === key) return START;
  for (const step of document.steps) {
    const way = waysOf(step).find(({ to }) => to === key);
    if (way !== undefined) return { step: step.key, way: way.way };
  }
  return undefined;
}

export function replace(document: FlowDocument, key: string, edit: (step: Step) => Step): FlowDocument {
  return { ...document, steps: document.steps.map((step) => (step.key === key ? edit(step) : step)) };
}

/** Return the slot behind a step: below its ways where it opens several. undefined where nobody goes on. */
export function slotBehind(step: Step): Slot | undefined {
  if (onwards(step).length === 0) return undefined;
  return { step: step.key, way: forks(step) ? AFTER : "next" };
}

/** Return where something goes that is added: behind this step, or else behind the last that goes on. */
export function slotToAdd(document: FlowDocument, key: string | undefined): Slot | undefined {
  const step =
    stepAt(document, key ?? null) ?? document.steps.findLast((each) => slotBehind(each) !== undefined);
  return step === undefined ? START : slotBehind(step);
}
