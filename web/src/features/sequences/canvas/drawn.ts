// A flow in the words and shapes of the canvas: what each node and edge shows. The same object stays as long as it
// shows the same, so that an edit draws anew only what it changed.
import { Position, type Edge, type Node } from "@xyflow/react";
import type { TFunction } from "i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Moment } from "@/flow/days";
import type { Kind, Step } from "@/flow/document";
import { slotOf, START_ID, type Graph, type GraphEdge, type GraphNode } from "@/flow/graph";
import type { Box, Layout, Point } from "@/flow/layout";
import { pathOf } from "@/flow/routes";
import type { Slot } from "@/flow/ways";
import { worst } from "../editor/problems";
import type { WayNames } from "./wayNames";
import type { DayWords, Words } from "./wording";

export type T = TFunction<"sequences">;

export interface StepData extends Record<string, unknown> {
  readonly key: string;
  readonly kind: Kind | "start" | "finish";
  readonly jobType: string;
  readonly number: number;
  readonly kindWords: string;
  readonly title: string;
  readonly notes: string;
  /** The delay before it as the document writes it; "" for none. */
  readonly delay: string;
  readonly when: string;
  /** The words on the ways that come to it; "" where they have none. */
  readonly way: string;
  readonly slot: Slot | undefined;
  readonly severity: FlowProblem["severity"] | undefined;
  readonly trouble: string;
  /** Whether there is room at its right for words. */
  readonly free: boolean;
  readonly chosen: boolean;
  /** Whether somebody put it where it stands. */
  readonly moved: boolean;
  readonly height: number;
}

export type StepNode = Node<StepData, "step" | "edge">;

export interface WayData extends Record<string, unknown> {
  readonly path: string;
  readonly name: string;
  /** The name without the share that is planned: one that was measured stands there instead. */
  readonly own: string;
  /** Where it leaves a node and where it arrives. */
  readonly ends: readonly Point[];
  readonly nameAt: Point | undefined;
  readonly plusAt: Point | undefined;
  readonly slot: Slot | undefined;
  readonly role: GraphEdge["role"];
  readonly chosen: boolean;
}

export type WayEdge = Edge<WayData, "way">;

const LETTER = 6.4;
const PADDING = 18;
const PLUS = 26;
const WIDEST = 190;

export function widthOf(name: string): number {
  return Math.min(WIDEST, name.length * LETTER + PADDING) + PLUS;
}

export interface Shown {
  readonly dayOf: DayWords;
  readonly wordsOf: (step: Step) => Words;
  readonly days: ReadonlyMap<string, Moment>;
  readonly problems: (key: string) => readonly FlowProblem[];
  readonly chosen: string | undefined;
  readonly saidOf: (problem: FlowProblem) => string;
  readonly wayTo: (key: string) => string;
  readonly isFree: (key: string) => boolean;
  readonly isMoved: (key: string) => boolean;
  readonly starts: string;
  readonly ends: string;
}

export function stepNode(node: GraphNode, box: Box, shown: Shown): StepNode {
  const { step } = node;
  const data = step === undefined ? edgeData(node, shown, box) : stepData(node, step, shown, box);
  const { width, height } = box;
  return {
    id: node.id,
    position: { x: box.x, y: box.y },
    data,
    width,
    height,
    ...(step === undefined ? EDGE : STEP),
    ...measures(width, height),
  };
}

const STEP = { type: "step", selectable: true, focusable: false } as const;
// A step is dragged where the sheet lets it: to say so here would hold for those who may only look, too.
const EDGE = { type: "edge", selectable: false, focusable: false, draggable: false } as const;

type Measures = Pick<StepNode, "measured" | "handles">;

const MEASURES = new Map<string, Measures>();

/**
 * Return the size of a node and where its edges are, known before it is drawn: what is out of sight would have none, and
 * nothing could be fitted into view. All nodes of a size share it.
 */
function measures(width: number, height: number): Measures {
  const name = `${width} ${height}`;
  const known = MEASURES.get(name);
  if (known !== undefined) return known;
  const middle = { width: 1, height: 1, x: width / 2 };
  const made: Measures = {
    measured: { width, height },
    handles: [
      { ...middle, type: "target", position: Position.Top, y: 0 },
      { ...middle, type: "source", position: Position.Bottom, y: height },
    ],
  };
  MEASURES.set(name, made);
  return made;
}

const PLAIN = {
  delay: "",
  way: "",
  when: "",
  notes: "",
  severity: undefined,
  trouble: "",
  free: true,
  jobType: "",
  kindWords: "",
};

function edgeData({ id, number, slot }: GraphNode, { starts, ends }: Shown, { height }: Box): StepData {
  const isStart = id === START_ID;
  const title = isStart ? starts : ends;
  const kind = isStart ? ("start" as const) : ("finish" as const);
  return { ...PLAIN, key: id, kind, number, title, slot, chosen: false, moved: false, height };
}

function stepData({ number, slot }: GraphNode, step: Step, shown: Shown, { height }: Box): StepData {
  const { key, kind } = step;
  const found = shown.problems(key);
  const words = shown.wordsOf(step);
  const day = shown.dayOf(shown.days.get(key));
  return {
    key,
    kind,
    number,
    jobType: words.jobType,
    kindWords: words.kindWords,
    title: words.title,
    notes: words.notes,
    delay: words.delay,
    when: day === "" ? words.delayWords : `${words.delayWords} · ${day}`,
    way: shown.wayTo(key),
    slot,
    severity: worst(found),
    trouble: found.map(shown.saidOf).join("\n"),
    free: shown.isFree(key),
    chosen: key === shown.chosen,
    moved: shown.isMoved(key),
    height,
  };
}

// Their names would be keys of steps.
const HIDDEN = { "aria-hidden": true } as const;
export function wayEdge(
  edge: GraphEdge,
  layout: Layout,
  names: WayNames,
  chosen: string | undefined,
): WayEdge {
  const route = layout.routes.get(edge.id);
  const points = route?.points ?? [];
  return {
    id: edge.id,
    source: edge.from,
    target: edge.to,
    type: "way",
    focusable: false,
    selectable: false,
    domAttributes: HIDDEN,
    data: {
      path: pathOf(points),
      ends: [points[0], points.at(-1)].flatMap((point) => point ?? []),
      ...names,
      nameAt: route?.name,
      plusAt: route?.plus,
      slot: slotOf(edge),
      role: edge.role,
      chosen: [edge.from, edge.to].includes(chosen ?? ""),
    },
  };
}

/** Mark the node that is chosen; the others stay the same objects. */
export function nodesWith(nodes: readonly StepNode[], chosen: string | undefined): readonly StepNode[] {
  return nodes.map((node) => (node.id === chosen ? { ...node, data: { ...node.data, chosen: true } } : node));
}

/** Mark the edges of the node that is chosen; the others stay the same objects. */
export function edgesWith(edges: readonly WayEdge[], chosen: string | undefined): readonly WayEdge[] {
  return edges.map((edge) =>
    edge.data !== undefined && [edge.source, edge.target].includes(chosen ?? "")
      ? { ...edge, data: { ...edge.data, chosen: true } }
      : edge,
  );
}

/** Keep the objects of before wherever they show the same. */
export function kept<Each extends { readonly id: string; readonly data?: Record<string, unknown> }>(
  before: readonly Each[],
  now: readonly Each[],
): readonly Each[] {
  const known = new Map(before.map((each) => [each.id, each]));
  const found = now.map((each) => {
    const old = known.get(each.id);
    return old !== undefined && shows(old, each) ? old : each;
  });
  const isSame = found.length === before.length && found.every((each, index) => each === before[index]);
  return isSame ? before : found;
}

function shows(one: object, other: object): boolean {
  // Thousands of them are compared at each edit: lists of their fields would cost more than that.
  for (const name in other) {
    if (!alike(one[name as keyof typeof one], other[name as keyof typeof other])) return false;
  }
  return true;
}

function alike(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  return shows(one, other);
}

export function stepsOf(graph: Graph): ReadonlyMap<string, Step> {
  return new Map(graph.nodes.flatMap(({ id, step }) => (step === undefined ? [] : [[id, step] as const])));
}
