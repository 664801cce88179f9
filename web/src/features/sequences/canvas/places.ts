// Where something that is dragged would go: the nearest place on an edge, or behind the node it is over.
import { slotOf, type Graph } from "@/flow/graph";
import type { Layout, Point } from "@/flow/layout";
import { slotBehind } from "@/flow/slots";
import type { Slot } from "@/flow/ways";

const NEAR = 90;
// A step that is moved may also be put down on free ground: only on what stands on a way does it go there.
const ON_STEM: Point = { x: 100, y: 26 };
const ON_PLUS: Point = { x: 26, y: 26 };
const ABOVE = 24;

/**
 * Return where a step would be put that is dropped at a point; undefined where it is far from everything.
 * `without` is the step itself, while it is moved.
 */
export function slotAt(graph: Graph, layout: Layout, point: Point, without?: string): Slot | undefined {
  const onNode = graph.nodes.find(({ id, step }) => {
    const box = layout.boxes.get(id);
    return step !== undefined && id !== without && box !== undefined && isIn(box, point);
  });
  if (onNode?.step !== undefined) return slotBehind(onNode.step) ?? onNode.slot;
  const found = candidates(graph, layout)
    .filter(({ slot, to }) => slot.step !== without && to !== without)
    .map((candidate) => ({
      ...candidate,
      far: Math.hypot(candidate.at.x - point.x, candidate.at.y - point.y),
    }))
    .filter((candidate) => (without === undefined ? candidate.far < NEAR : isOn(candidate, point)))
    .toSorted((one, other) => one.far - other.far)[0];
  return found?.slot;
}

function isOn({ at, mark }: Candidate, { x, y }: Point): boolean {
  return Math.abs(at.x - x) <= mark.x && Math.abs(at.y - y) <= mark.y;
}

interface Candidate {
  readonly slot: Slot;
  /** What comes there now. */
  readonly to: string;
  readonly at: Point;
  /** How far around what can be seen of it reaches. */
  readonly mark: Point;
}

function candidates(graph: Graph, layout: Layout): readonly Candidate[] {
  const stems = graph.nodes.flatMap(({ id, slot }) => {
    const box = layout.boxes.get(id);
    const at = box && { x: box.x + box.width / 2, y: box.y - ABOVE };
    return slot !== undefined && at !== undefined ? [{ slot, to: id, at, mark: ON_STEM }] : [];
  });
  const onEdges = graph.edges.flatMap((edge) => {
    const [slot, at] = [slotOf(edge), layout.routes.get(edge.id)?.plus];
    return slot !== undefined && at !== undefined ? [{ slot, to: edge.to, at, mark: ON_PLUS }] : [];
  });
  return [...stems, ...onEdges];
}

/** Return the node at a point; undefined on free ground. */
export function nodeAt({ boxes }: Layout, point: Point): string | undefined {
  for (const [id, box] of boxes) if (isIn(box, point)) return id;
  return undefined;
}

function isIn(box: Point & { readonly width: number; readonly height: number }, { x, y }: Point): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}

/** Return where an arrow leads from a step: down and up along the ways, left and right to the ways beside. */
export function neighbour(graph: Graph, layout: Layout, from: string, arrow: string): string | undefined {
  const steps = new Set(graph.nodes.flatMap(({ step }) => step?.key ?? []));
  const ways = graph.edges.filter(({ role }) => role === "way");
  if (!steps.has(from)) return [...steps][0];
  const isStep = (id: string) => steps.has(id);
  switch (arrow) {
    case "ArrowDown":
      return ways.find((edge) => edge.from === from && isStep(edge.to))?.to;
    case "ArrowUp":
      return ways.find((edge) => edge.to === from && isStep(edge.from))?.from;
    default:
      return beside(layout, from, arrow === "ArrowLeft" ? -1 : 1, isStep);
  }
}

/** Return the nearest step in the same row, at the left (-1) or the right (1). */
function beside(
  { boxes }: Layout,
  from: string,
  side: number,
  isStep: (id: string) => boolean,
): string | undefined {
  const here = boxes.get(from);
  if (here === undefined) return undefined;
  return [...boxes]
    .filter(([id, box]) => isStep(id) && box.row === here.row && (box.x - here.x) * side > 0)
    .toSorted(([, one], [, other]) => Math.abs(one.x - here.x) - Math.abs(other.x - here.x))[0]?.[0];
}
