// Edits over immutable documents. Each returns a new document; keys of steps stay, new ones are never reused.
import { blockOf } from "./blocks";
import type { FlowDocument, Kind, Step, StepOf, Way } from "./document";
import { pruned } from "./fields";
import { inOrder, outline, places } from "./outline";
import { connect, replace, targetOf } from "./slots";
import { linear, reachable, rewired, START, stepAt, type Slot } from "./ways";

export const EMPTY: FlowDocument = { format: 1, start: null, steps: [] };

const KEY_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const KEY_ENDING = 6;

/**
 * Make the key of a new step: its kind and six letters by chance, so that it is not one that a step had
 * before, in this version or an older one. `random` is in [0, 1).
 */
export function newKey(kind: Kind, taken: readonly string[], random: () => number = Math.random): string {
  const letter = () => KEY_LETTERS[Math.floor(random() * KEY_LETTERS.length)] ?? "a";
  for (;;) {
    const key = `${kind}_${Array.from({ length: KEY_ENDING }, letter).join("")}`;
    if (!taken.includes(key)) return key;
  }
}

/** Make a step of a kind with its defaults; the caller inserts it. */
export function newStep<K extends Kind>(kind: K, key: string, fields: Partial<StepOf<K>> = {}): StepOf<K> {
  const ways = { wait_for: { timed_out: null }, ai_qualify: { qualified: null, unqualified: null } };
  const own = kind in ways ? ways[kind as keyof typeof ways] : {};
  return pruned({ delay: "0m", ...own, ...fields, key, kind, next: null } as unknown as Step) as StepOf<K>;
}

/** Put a step into a slot; what came there follows it, on each of its ways. */
export function insert(document: FlowDocument, slot: Slot, step: Step): FlowDocument {
  return insertAll(document, slot, [opened(step)], null);
}

/** Let each way of a step go on where its `next` does, but a step back, which leads where it was told to. */
function opened(step: Step): Step {
  return rewired(step, (way, to) => (way === "target" ? to : null));
}

/** Put steps into a slot, the first of them first; their ways to `exit` go on where the slot led. */
export function insertAll(
  document: FlowDocument,
  slot: Slot,
  steps: readonly Step[],
  exit: string | null | undefined,
): FlowDocument {
  const [head] = steps;
  if (head === undefined) return document;
  const follows = targetOf(document, slot);
  const led = steps.map((step) =>
    rewired(step, (way, to) => (way !== "target" && to === exit ? follows : to)),
  );
  const joined = connect(document, slot, head.key);
  const behind = joined.steps.findIndex((each) => each.key === lastBefore(document, slot)) + 1;
  return { ...joined, steps: joined.steps.toSpliced(behind, 0, ...led) };
}

/** Return the step behind which the document lists what is put into a slot. */
function lastBefore(document: FlowDocument, slot: Slot): string | null {
  if (slot.step === null || slot.way !== "after") return slot.step;
  const { keys } = blockOf(document, slot.step);
  return document.steps.findLast((step) => keys.has(step.key))?.key ?? slot.step;
}

/** Take a step out; whatever led to it leads to what followed it. What hung on its other ways alone goes too. */
export function remove(document: FlowDocument, key: string): FlowDocument {
  const step = stepAt(document, key);
  if (step === undefined) return document;
  const follows = mainWay(step);
  const heir = follows === key ? null : follows;
  const left = {
    ...document,
    start: document.start === key ? heir : document.start,
    steps: document.steps.filter((each) => each !== step),
  };
  return withoutLost(document, healed(left, new Set([key]), heir));
}

/** Return where most people go on behind a step: nobody takes the last way of a split, so its first arm counts. */
export function mainWay(step: Step): string | null {
  return step.kind === "split" ? (step.arms?.[0]?.next ?? step.next) : step.next;
}

/** Drop the steps that could be reached before an edit and no longer can. */
export function withoutLost(before: FlowDocument, after: FlowDocument): FlowDocument {
  const [was, is] = [reachable(before, before.start), reachable(after, after.start)];
  const lost = new Set(after.steps.map(({ key }) => key).filter((key) => was.has(key) && !is.has(key)));
  if (lost.size === 0) return after;
  const steps = after.steps.filter(({ key }) => !lost.has(key));
  return healed({ ...after, steps }, lost, null);
}

/** Move a step, with what hangs on its ways, into another slot; the way it leaves is healed. */
export function move(document: FlowDocument, key: string, slot: Slot): FlowDocument {
  const { keys, exit } = blockOf(document, key);
  if (stepAt(document, key) === undefined || (slot.step !== null && keys.has(slot.step))) return document;
  if (targetOf(document, slot) === key) return document;
  const taken = document.steps.filter((step) => keys.has(step.key));
  const head = taken.findIndex((step) => step.key === key);
  const steps = [...taken.slice(head, head + 1), ...taken.toSpliced(head, 1)];
  return insertAll(rest(document, key), slot, steps, exit);
}

/** Return the document without a step and what hangs on its ways; whatever led to it goes on below. */
function rest(document: FlowDocument, key: string): FlowDocument {
  const { keys, exit } = blockOf(document, key);
  const heir = exit ?? null;
  const left = {
    ...document,
    start: document.start === key ? heir : document.start,
    steps: document.steps.filter((step) => !keys.has(step.key)),
  };
  // Steps back and detours into what moves stay: it will be there again.
  const steps = left.steps.map((step) =>
    rewired(step, (way, to) => (way !== "target" && to === key ? heir : to)),
  );
  return { ...left, steps };
}

/** Move a step up (-1) or down (1) in the order of the outline, into and out of branches. */
export function moveBy(document: FlowDocument, key: string, by: number): FlowDocument {
  const row = outline(document).find((each) => each.row === "step" && each.key === key);
  if (row === undefined) return document;
  const offered = places(rest(document, key));
  const slot = "slot" in row ? row.slot : undefined;
  const at = offered.findIndex((each) => each.step === slot?.step && each.way === slot.way);
  const to = at < 0 ? offered.at(-1) : offered[at + by];
  return to === undefined ? document : move(document, key, to);
}

/** Move a step of a line to another place, counted from 0; elsewhere nothing changes. */
export function reorder(document: FlowDocument, key: string, index: number): FlowDocument {
  const line = linear(document);
  if (!line?.includes(key)) return document;
  const others = line.filter((each) => each !== key);
  const before = index <= 0 ? undefined : (others[index - 1] ?? others.at(-1));
  return move(document, key, before === undefined ? START : { step: before, way: "next" });
}

/** Put a copy of a step, with what hangs on its ways, behind it. A step behind which nothing comes has none. */
export function duplicate(document: FlowDocument, key: string, keyFor: (step: Step) => string): FlowDocument {
  const { keys, exit } = blockOf(document, key);
  if (exit === undefined) return document;
  const order = inOrder(document).filter((each) => keys.has(each));
  const originals = order.flatMap((each) => stepAt(document, each) ?? []);
  const copies = new Map(originals.map((step) => [step.key, keyFor(step)]));
  const copied = (to: string | null) => (to === null ? null : (copies.get(to) ?? to));
  const made = originals.map((step) => renamed(step, copied(step.key) ?? step.key, copied));
  const slot = { step: key, way: originals.length > 1 || isFork(document, key) ? "after" : "next" };
  return insertAll(document, slot, made, exit);
}

function isFork(document: FlowDocument, key: string): boolean {
  return outline(document).some((row) => row.row === "way" && row.from === key);
}

function renamed(step: Step, key: string, to: (key: string | null) => string | null): Step {
  return { ...rewired(step, (_, led) => to(led)), ...detoursOf(step, to), key };
}

/** Change fields of a step; what has its default is left away, as the server writes it. */
export function change<S extends Step>(
  document: FlowDocument,
  key: string,
  fields: Partial<Omit<S, "key" | "kind">>,
): FlowDocument {
  return replace(document, key, (step) => pruned({ ...step, ...fields }));
}

/** Let all that led to steps that are gone lead to their heir. */
export function healed(document: FlowDocument, gone: ReadonlySet<string>, heir: string | null): FlowDocument {
  const heal = (to: string | null) => (to !== null && gone.has(to) ? heir : to);
  const names = (to: string | null | undefined) => to != null && gone.has(to);
  const steps = document.steps.map((step) => {
    const led = rewired(step, (_, to) => heal(to));
    const isDetoured = names(step.on_skip?.step) || names(step.on_failure?.step);
    return isDetoured ? { ...led, ...detoursOf(step, heal) } : led;
  });
  return { ...document, start: heal(document.start), steps };
}

function detoursOf(step: Step, lead: (to: string | null) => string | null) {
  const detours: { on_skip?: Way; on_failure?: Way } = {};
  for (const name of ["on_skip", "on_failure"] as const) {
    const way = step[name];
    if (way?.kind === "step") detours[name] = detourTo(lead(way.step ?? null));
  }
  return detours;
}

function detourTo(to: string | null): Way {
  return to === null ? { kind: "finish" } : { kind: "step", step: to };
}
