// Edits over immutable documents. Each returns a new document; keys of steps stay, new ones are never reused.
import type { Branch, FlowDocument, Kind, Step, StepOf, Way } from "./document";
import { pruned } from "./fields";
import { linear, rewired, START, stepAt, waysOf, type Slot } from "./ways";

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

/** Return where a slot leads. */
export function targetOf(document: FlowDocument, slot: Slot): string | null {
  if (slot.step === null) return document.start;
  const step = stepAt(document, slot.step);
  const ways = step === undefined ? [] : waysOf(step);
  return ways.find(({ way }) => way === slot.way)?.to ?? null;
}

/** Let a slot lead to a step, or with null to the end. */
export function connect(document: FlowDocument, slot: Slot, to: string | null): FlowDocument {
  if (slot.step === null) return { ...document, start: to };
  return replace(document, slot.step, (step) => rewired(step, (way, led) => (way === slot.way ? to : led)));
}

/** Put a step into a slot; what came there follows it. */
export function insert(document: FlowDocument, slot: Slot, step: Step): FlowDocument {
  const follows = targetOf(document, slot);
  const behind = document.steps.findIndex((each) => each.key === slot.step) + 1;
  const steps = document.steps.toSpliced(behind, 0, { ...step, next: follows });
  return connect({ ...document, steps }, slot, step.key);
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

/** Take a step out; whatever led to it leads to what followed it. */
export function remove(document: FlowDocument, key: string): FlowDocument {
  const step = stepAt(document, key);
  if (step === undefined) return document;
  const heir = step.next === key ? null : step.next;
  const heal = (to: string | null) => (to === key ? heir : to);
  return {
    ...document,
    start: heal(document.start),
    steps: document.steps.filter((each) => each !== step).map((each) => healed(each, heal)),
  };
}

/** Move a step into another slot; the way it leaves is healed. A slot of its own is no move. */
export function move(document: FlowDocument, key: string, slot: Slot): FlowDocument {
  const step = stepAt(document, key);
  if (step === undefined || slot.step === key || targetOf(document, slot) === key) return document;
  return insert(remove(document, key), slot, step);
}

/** Move a step of a line to another place, counted from 0; elsewhere nothing changes. */
export function reorder(document: FlowDocument, key: string, index: number): FlowDocument {
  const line = linear(document);
  if (!line?.includes(key)) return document;
  const others = line.filter((each) => each !== key);
  const before = index <= 0 ? undefined : (others[index - 1] ?? others.at(-1));
  return move(document, key, before === undefined ? START : { step: before, way: "next" });
}

/** Put a copy of a step behind it. */
export function duplicate(document: FlowDocument, key: string, copy: string): FlowDocument {
  const step = stepAt(document, key);
  return step === undefined ? document : insert(document, { step: key, way: "next" }, { ...step, key: copy });
}

/** Change fields of a step; what has its default is left away, as the server writes it. */
export function change<S extends Step>(
  document: FlowDocument,
  key: string,
  fields: Partial<Omit<S, "key" | "kind">>,
): FlowDocument {
  return replace(document, key, (step) => pruned({ ...step, ...fields }));
}

/** Rename the branch or arm with this place. */
export function renameWay(document: FlowDocument, key: string, index: number, name: string): FlowDocument {
  return replace(document, key, (step) => {
    const renamed = <Each extends { name: string }>(list: readonly Each[] | undefined) =>
      (list ?? []).map((each, place) => (place === index ? { ...each, name } : each));
    if (step.kind === "condition") return { ...step, branches: renamed(step.branches) };
    if (step.kind === "ai_decide") return { ...step, branches: renamed(step.branches) };
    return step.kind === "split" ? { ...step, arms: renamed(step.arms) } : step;
  });
}

/** Add a branch to a condition; it leads where the else way leads. */
export function addBranch(document: FlowDocument, key: string, branch: Omit<Branch, "next">): FlowDocument {
  return replace(document, key, (step) =>
    step.kind === "condition"
      ? { ...step, branches: [...(step.branches ?? []), { ...branch, next: step.next }] }
      : step,
  );
}

function replace(document: FlowDocument, key: string, edit: (step: Step) => Step): FlowDocument {
  return { ...document, steps: document.steps.map((step) => (step.key === key ? edit(step) : step)) };
}

function healed(step: Step, heal: (to: string | null) => string | null): Step {
  const detours: { on_skip?: Way; on_failure?: Way } = {};
  for (const name of ["on_skip", "on_failure"] as const) {
    const way = step[name];
    if (way?.kind === "step") detours[name] = detourTo(heal(way.step ?? null));
  }
  return { ...rewired(step, (_, to) => heal(to)), ...detours };
}

function detourTo(to: string | null): Way {
  return to === null ? { kind: "finish" } : { kind: "step", step: to };
}
