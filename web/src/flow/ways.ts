// Where a flow leads: the slots in which a step names what follows, and the shape they make together.
import type { FlowDocument, Kind, Step } from "./document";
import { once } from "./once";

/**
 * A place that leads to a step: the start of the flow, or a way out of one (`next`, `branches.0`, `timed_out`).
 * The way `after` of a step that opens several is the place where they have come together again.
 */
export interface Slot {
  readonly step: string | null;
  readonly way: string;
}

export const START: Slot = { step: null, way: "start" };

export interface WayOut {
  readonly way: string;
  readonly to: string | null;
}

/** The steps of a document by key; the first of those that share one. */
const byKey = once((steps: readonly Step[]) => new Map(steps.toReversed().map((step) => [step.key, step])));

/** Return the step with this key. */
export function stepAt({ steps }: FlowDocument, key: string | null): Step | undefined {
  return key === null ? undefined : byKey(steps).get(key);
}

const OWN_WAYS: Partial<Record<Kind, readonly string[]>> = {
  wait_for: ["timed_out"],
  ai_qualify: ["qualified", "unqualified"],
  go_to: ["target"],
};
const LISTS: Partial<Record<Kind, string>> = { condition: "branches", ai_decide: "branches", split: "arms" };

type Fields = Readonly<Record<string, unknown>>;
type Entries = readonly { readonly next: string | null }[];

const fieldsOf = (step: Step) => step as unknown as Fields;
const entriesOf = (step: Step, list: string) => (fieldsOf(step)[list] ?? []) as Entries;

/** List the ways out of a step in the order in which people see them; `next` (the else way) comes last. */
export const waysOf = once((step: Step): readonly WayOut[] => {
  const list = LISTS[step.kind];
  const listed = list === undefined ? [] : entriesOf(step, list);
  const own = (OWN_WAYS[step.kind] ?? []).filter((way) => way !== "target" || fieldsOf(step)[way]);
  return [
    ...listed.map((entry, index) => ({ way: `${list}.${index}`, to: entry.next })),
    ...own.map((way) => ({ way, to: fieldsOf(step)[way] as string | null })),
    { way: "next", to: step.next },
  ];
});

/**
 * Let ways of a step lead elsewhere: `lead` gets each way and where it leads, and says where it shall lead. A step whose
 * ways stay is the same object: what is drawn of it stays, too.
 */
export function rewired(step: Step, lead: (way: string, to: string | null) => string | null): Step {
  return waysOf(step).reduce((changed, { way, to }) => {
    const led = lead(way, to);
    return led === to ? changed : { ...changed, ...wayTo(changed, way, led) };
  }, step);
}

function wayTo(step: Step, way: string, to: string | null): object {
  const [list = "", index] = way.split(".");
  if (index === undefined) return { [way]: way === "target" ? (to ?? "") : to };
  const entries = entriesOf(step, list);
  return { [list]: entries.with(Number(index), { ...entries[Number(index)], next: to }) };
}

/** List where a step goes on to, in the order of its ways; a step back and detours are left out. */
export const onwards = once((step: Step): readonly (string | null)[] =>
  goesOn(step) ? waysOf(step).flatMap(({ way, to }) => (way === "target" ? [] : [to])) : [],
);

/** Tell whether anybody who was not skipped leaves a step by its ways. */
function goesOn(step: Step): boolean {
  const stops = step.kind === "end" && !step.only_if;
  const turnsBack = step.kind === "go_to" && step.max_rounds == null && !step.only_if;
  return !stops && !turnsBack;
}

/** List the steps to which a step may lead, detours after a skip or a failure included. */
export const leadsTo = once((step: Step): readonly (string | null)[] => {
  const detours = [step.on_skip, step.on_failure].flatMap((way) => (way?.kind === "step" ? [way.step] : []));
  const back = waysOf(step).flatMap(({ way, to }) => (way === "target" ? [to] : []));
  return [...back, ...onwards(step), ...detours.map((to) => to ?? null)];
});

/** Return the keys in order if the flow is a line: one way out of each step, none left over. */
export function linear(document: FlowDocument): readonly string[] | undefined {
  const keys = new Set<string>();
  for (let key = document.start; key !== null;) {
    const step = stepAt(document, key);
    if (step === undefined || keys.has(key)) return undefined;
    const ways = leadsTo(step);
    if (ways.some((to) => to !== step.next)) return undefined;
    keys.add(key);
    key = ways.length > 0 ? step.next : null;
  }
  return keys.size === document.steps.length ? [...keys] : undefined;
}

/** Return the keys in order if no step has a second way, even one that leads to the same place. */
export function plainLine(document: FlowDocument): readonly string[] | undefined {
  return document.steps.every((step) => waysOf(step).length === 1) ? linear(document) : undefined;
}

/** Return every step that can be reached from one, itself included. */
export function reachable(document: FlowDocument, from: string | null): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [from];
  while (open.length > 0) {
    const key = open.pop() ?? null;
    const step = stepAt(document, key);
    if (step === undefined || found.has(step.key)) continue;
    found.add(step.key);
    open.push(...leadsTo(step));
  }
  return found;
}
