// A flow as a picture has it: nodes, edges between them, and the lanes in which they stand. No places, no words.
import { forks } from "./blocks";
import type { FlowDocument, Step } from "./document";
import { meetings } from "./meetings";
import { AFTER } from "./slots";
import { onwards, START, waysOf, type Slot } from "./ways";

/** Names no step can have: their keys have no colon. */
export const START_ID = "start:";
export const END_ID = "end:";

/** `slot` is where another step is put right above; undefined where no single place leads to it. */
export interface GraphNode {
  readonly id: string;
  readonly step?: Step;
  /** From 1, in the order of the outline; 0 for the start and the end. */
  readonly number: number;
  readonly slot: Slot | undefined;
  /** How many ways lead to it. */
  readonly ways: number;
}

/** `back` leads to a step above; `on_skip` and `on_failure` are taken by those whom the step did not reach. */
export type Role = "way" | "back" | "on_skip" | "on_failure";

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly role: Role;
  /** The way that it is; detours have none. */
  readonly way: string | undefined;
  /** Whether it is one of several, so that it has a name. */
  readonly named: boolean;
}

/** What stands one below the other. */
export interface Line {
  readonly items: readonly Item[];
}

/** A step and the lanes below it, if it opens several ways. */
export interface Item {
  readonly key: string;
  readonly lanes: readonly Lane[];
}

export interface Lane extends Line {
  readonly edge: string;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** The flow itself. */
  readonly line: Line;
  /** What no way leads to. */
  readonly lost: readonly Line[];
}

export function edgeId(step: string, way: string): string {
  return `${step}:${way}`;
}

/** Return the slot of an edge: where a step is put that shall stand on it. */
export function slotOf(edge: GraphEdge): Slot | undefined {
  if (edge.role !== "way" || edge.way === undefined) return undefined;
  return edge.from === START_ID ? START : { step: edge.from, way: edge.way };
}

interface Place {
  readonly slot: Slot;
  readonly key: string | null;
}

/** Return the picture of a flow: each step is a node, each way that somebody may take an edge. */
export function graphOf(document: FlowDocument): Graph {
  const steps = new Map(document.steps.map((step) => [step.key, step]));
  const meets = meetings(document);
  const slots = new Map<string, Slot>();

  function lineFrom(start: Slot, first: string | null, until?: string | null): Line {
    const items: Item[] = [];
    let place: Place | undefined = { slot: start, key: first };
    while (place !== undefined && place.key !== until) {
      const step = put(place);
      if (step === undefined) break;
      place = behind(step);
      items.push({ key: step.key, lanes: lanesOf(step, place?.key) });
    }
    return { items };
  }

  /** Note where a node is first come to. Return its step; undefined at the end, and where it is there already. */
  function put({ slot, key }: Place): Step | undefined {
    const step = steps.get(key ?? "");
    const id = step?.key ?? END_ID;
    if (slots.has(id)) return undefined;
    slots.set(id, slot);
    return step;
  }

  /** Return where a step goes on below, its ways where they meet; undefined where it does not. */
  function behind(step: Step): Place | undefined {
    const several = forks(step);
    const key = several ? meets.get(step.key) : onwards(step)[0];
    return key === undefined ? undefined : { slot: { step: step.key, way: several ? AFTER : "next" }, key };
  }

  function lanesOf(step: Step, meet: string | null | undefined): readonly Lane[] {
    if (!forks(step)) return [];
    return takenWays(step, meet).map(({ way, to }) => {
      return { edge: edgeId(step.key, way), ...lineFrom({ step: step.key, way }, to, meet) };
    });
  }

  const line = lineFrom(START, document.start);
  const found = new Set(slots.keys());
  const lost = document.steps
    .filter(({ key }) => !found.has(key))
    .map(({ key }) => (slots.has(key) ? { items: [] } : lineFrom({ step: null, way: "" }, key)))
    .filter(({ items }) => items.length > 0);
  const edges = edgesOf(document, steps, meets);
  return { nodes: nodesOf(document, edges, slots, found), edges, line, lost };
}

/** Leave out the way that nobody takes: a split without a condition gives everybody an arm. */
function takenWays(step: Step, meet: string | null | undefined) {
  const isMoot = step.kind === "split" && !step.only_if && (step.arms ?? []).length > 0;
  return waysOf(step).filter(({ way, to }) => !(isMoot && way === "next" && to === meet));
}

function edgesOf(
  document: FlowDocument,
  steps: ReadonlyMap<string, Step>,
  meets: ReadonlyMap<string, string | null>,
): readonly GraphEdge[] {
  const nodeOf = (key: string | null) => (key !== null && steps.has(key) ? key : END_ID);
  const begins: GraphEdge = {
    id: edgeId("start", START.way),
    from: START_ID,
    to: nodeOf(document.start),
    role: "way",
    way: START.way,
    named: false,
  };
  const out = document.steps.flatMap((step) => {
    const goesOn = onwards(step).length > 0;
    const ways = takenWays(step, meets.get(step.key)).filter(({ way }) => way === "target" || goesOn);
    const named = forks(step);
    return [
      ...ways.map(({ way, to }) => ({
        id: edgeId(step.key, way),
        from: step.key,
        to: nodeOf(to),
        role: way === "target" ? ("back" as const) : ("way" as const),
        way,
        named,
      })),
      ...detoursOf(step).map(({ role, to }) => ({
        id: edgeId(step.key, role),
        from: step.key,
        to: nodeOf(to),
        role,
        way: undefined,
        named: true,
      })),
    ];
  });
  return [begins, ...out];
}

function detoursOf(step: Step) {
  return (["on_skip", "on_failure"] as const).flatMap((role) => {
    const way = step[role];
    return way?.kind === "step" ? [{ role, to: way.step ?? null }] : [];
  });
}

function nodesOf(
  document: FlowDocument,
  edges: readonly GraphEdge[],
  slots: ReadonlyMap<string, Slot>,
  found: ReadonlySet<string>,
): readonly GraphNode[] {
  const ways = new Map<string, number>();
  for (const { to, role } of edges) if (role === "way") ways.set(to, (ways.get(to) ?? 0) + 1);
  const node = (id: string, number: number, step?: Step): GraphNode => {
    const count = ways.get(id) ?? 0;
    return { id, number, slot: placeOf(slots.get(id), count), ways: count, ...(step && { step }) };
  };
  const steps = new Map(document.steps.map((step) => [step.key, step]));
  const order = [...found, ...document.steps.map(({ key }) => key).filter((key) => !found.has(key))];
  const placed = order.flatMap((key) => steps.get(key) ?? []);
  return [
    { id: START_ID, number: 0, slot: undefined, ways: 0 },
    ...placed.map((step, index) => node(step.key, index + 1, step)),
    ...(ways.has(END_ID) ? [{ ...node(END_ID, 0), ...(found.has(END_ID) ? {} : { slot: undefined }) }] : []),
  ];
}

/** Return the slot right above a node; where ways come together only the one that is behind them all. */
function placeOf(slot: Slot | undefined, ways: number): Slot | undefined {
  const isFound = slot !== undefined && slot.way !== "";
  return isFound && (ways < 2 || slot.way === AFTER) ? slot : undefined;
}
