import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOwnFields, type OwnField } from "@/api/flowNames";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Step } from "@/flow/document";
import { graphOf, type Graph } from "@/flow/graph";
import { layoutOf, type Layout } from "@/flow/layout";
import { positioned, type Positions } from "@/flow/positions";
import type { LineProps } from "../editor/types";
import { saidOf } from "../lintWords";
import { useStartWords } from "../settings/rules/useStartWords";
import { lastInRows } from "./beside";
import {
  edgesWith,
  kept,
  nodesWith,
  stepNode,
  stepsOf,
  wayEdge,
  widthOf,
  type StepNode,
  type WayEdge,
} from "./drawn";
import { NAMELESS, namesOf, type WayNames } from "./wayNames";
import { dayWording, wording } from "./wording";

export interface Drawn {
  readonly graph: Graph;
  readonly layout: Layout;
  /** Where people put nodes. */
  readonly positions: Positions;
  readonly nodes: readonly StepNode[];
  readonly edges: readonly WayEdge[];
  readonly steps: ReadonlyMap<string, Step>;
}

const NOWHERE: Positions = new Map();

/** Draw the flow: its shape, its places, and what each node and edge says. */
export function useDrawn(
  { document, days, problems, chosen }: LineProps,
  sequence: Sequence,
  positions: Positions = NOWHERE,
): Drawn {
  const { t, i18n } = useTranslation("sequences");
  const { language } = i18n;
  const fields = useFields();
  const words = useStartWords(sequence.settings);
  const starts = words.length > 0 ? words.join(" ") : t("canvas.starts");
  const graph = useMemo(() => graphOf(document), [document]);
  const names = useMemo(() => {
    const steps = stepsOf(graph);
    const known = { document, fields };
    return new Map(graph.edges.map((edge) => [edge.id, namesOf(t, edge, steps.get(edge.from), known)]));
  }, [graph, document, fields, t]);
  const home = useMemo(() => layoutOf(graph, ({ id }) => widthOf(names.get(id)?.name ?? "")), [graph, names]);
  const layout = useMemo(() => positioned(graph, home, positions), [graph, home, positions]);
  const wordsIn = useMemo(() => wording(t), [t]);
  const dayOf = useMemo(() => dayWording(t), [t]);
  const [plainMemory] = useState(() => new Memory());
  const [memory] = useState(() => new Memory());
  // What is chosen changes without the flow: all the words stay.
  const plain = useMemo(() => {
    const free = lastInRows(graph, layout);
    const waysTo = namesTo(graph, names);
    const shown = {
      dayOf,
      wordsOf: wordsIn({ document, fields }),
      days,
      problems,
      chosen: undefined,
      saidOf: (problem: FlowProblem) => saidOf(problem, language),
      wayTo: (key: string) => waysTo.get(key) ?? "",
      isFree: (key: string) => free.has(key),
      isMoved: (key: string) => positions.has(key),
      starts,
      ends: t("canvas.completed"),
    };
    const nodes = graph.nodes.flatMap((node) => {
      const box = layout.boxes.get(node.id);
      return box === undefined ? [] : [stepNode(node, box, shown)];
    });
    const edges = graph.edges.map((edge) => wayEdge(edge, layout, names.get(edge.id) ?? NAMELESS, undefined));
    return { graph, layout, positions, steps: stepsOf(graph), ...plainMemory.keep(nodes, edges) };
  }, [
    plainMemory,
    graph,
    layout,
    positions,
    names,
    document,
    fields,
    days,
    problems,
    starts,
    wordsIn,
    dayOf,
    t,
    language,
  ]);
  return useMemo(
    () => ({ ...plain, ...memory.keep(nodesWith(plain.nodes, chosen), edgesWith(plain.edges, chosen)) }),
    [memory, plain, chosen],
  );
}

/** Return the words on the ways that come to each step. */
function namesTo({ edges }: Graph, names: ReadonlyMap<string, WayNames>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, to } of edges) {
    const name = names.get(id)?.name ?? "";
    if (name !== "") found.set(to, found.has(to) ? `${found.get(to) ?? ""}, ${name}` : name);
  }
  return found;
}

/** Return the fields of one's own; the same ones as long as they say the same. */
function useFields(): readonly OwnField[] {
  const text = JSON.stringify(useOwnFields());
  return useMemo(() => JSON.parse(text) as readonly OwnField[], [text]);
}

/** Remembers what was drawn last. */
class Memory {
  private nodes: readonly StepNode[] = [];
  private edges: readonly WayEdge[] = [];

  keep(nodes: readonly StepNode[], edges: readonly WayEdge[]) {
    this.nodes = kept(this.nodes, nodes);
    this.edges = kept(this.edges, edges);
    return { nodes: this.nodes, edges: this.edges };
  }
}
