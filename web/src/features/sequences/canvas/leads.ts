// The end of a way in the hand: where it is, over what, and what letting it go would do.
import type { FlowDocument } from "@/flow/document";
import { START_ID, type GraphEdge } from "@/flow/graph";
import type { Box, Point } from "@/flow/layout";
import { leadableTo, ledTo, refused, type Refusal } from "@/flow/leading";
import { cellOf, type Cell } from "@/ui/cell";
import type { Acts } from "../editor/useActs";
import type { T } from "./drawn";
import { nodeAt } from "./places";
import type { Drawn } from "./useDrawn";

/** `over` is the node under it, `why` the reason why it cannot lead there. */
export interface HeldEnd {
  readonly edge: string;
  readonly from: Point;
  readonly at: Point;
  readonly over: string | undefined;
  /** Where that node is. */
  readonly box: Box | undefined;
  readonly why: Refusal | undefined;
}

/** A way out of a step, and the nodes it may lead to. */
export interface LeadableWay {
  readonly edge: string;
  readonly name: string;
  readonly to: string;
  readonly nodes: readonly { readonly id: string; readonly number: number; readonly title: string }[];
}

export interface Leads {
  readonly held: Cell<HeldEnd | undefined>;
  readonly move: (edge: string, at: Point) => void;
  /** Let the end go where it is. */
  readonly letGo: () => void;
  readonly cancel: () => void;
  readonly lead: (edge: string, to: string) => void;
  readonly waysOf: (step: string) => readonly LeadableWay[];
  readonly titleOf: (node: string) => string;
}

interface Now {
  readonly document: FlowDocument;
  readonly drawn: Drawn;
  readonly acts: Pick<Acts, "edit">;
  readonly say: (words: string) => void;
  readonly t: T;
}

export function leadsOf(now: () => Now): Leads {
  const held = cellOf<HeldEnd | undefined>(undefined);
  const edgeOf = (id: string) => now().drawn.graph.edges.find((edge) => edge.id === id);
  const titleOf = (node: string) => now().drawn.nodes.find(({ id }) => id === node)?.data.title ?? "";
  const reason = (edge: GraphEdge, to: string | undefined) =>
    to === undefined ? undefined : refused(now().document, edge, to);
  const lead = (id: string, to: string) => {
    const { acts, say, t } = now();
    const edge = edgeOf(id);
    if (edge === undefined) return;
    const why = reason(edge, to);
    if (why !== undefined) {
      say(t(`leading.refused.${why}`));
      return;
    }
    acts.edit((document) => ledTo(document, edge, to));
    say(t("leading.said", { step: titleOf(to) }));
  };
  return {
    held,
    lead,
    titleOf,
    move: (id, at) => {
      const edge = edgeOf(id);
      const from = now().drawn.layout.routes.get(id)?.points[0];
      if (edge === undefined || from === undefined) return;
      const { layout } = now().drawn;
      const over = nodeAt(layout, at);
      const box = over === undefined ? undefined : layout.boxes.get(over);
      const before = held.get();
      const why = before?.over === over ? before?.why : reason(edge, over);
      held.set({ edge: id, from, at, over, box, why });
    },
    letGo: () => {
      const end = held.get();
      held.set(undefined);
      if (end?.over !== undefined) lead(end.edge, end.over);
    },
    cancel: () => {
      held.set(undefined);
    },
    waysOf: (step) => waysFrom(now(), step),
  };
}

function waysFrom({ drawn, document, t }: Now, step: string): readonly LeadableWay[] {
  const known = new Map(drawn.nodes.map(({ id, data }) => [id, data]));
  const names = new Map(drawn.edges.map(({ id, data }) => [id, data?.name ?? ""]));
  return drawn.graph.edges
    .filter(({ from }) => from === step)
    .map((edge) => ({
      edge: edge.id,
      name: named(names.get(edge.id)) ?? t(step === START_ID ? "canvas.startsWhen" : "canvas.thisWay"),
      to: edge.to,
      nodes: [...new Set([edge.to, ...leadableTo(document, edge)])].flatMap((id) => {
        const data = known.get(id);
        return data === undefined ? [] : [{ id, number: data.number, title: data.title }];
      }),
    }));
}

function named(name: string | undefined): string | undefined {
  return name === "" ? undefined : name;
}
