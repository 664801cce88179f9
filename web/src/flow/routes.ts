// How the edges of a flow run between its nodes: down the lanes, across between the rows, and back along the side.
import type { Graph, GraphEdge, GraphNode } from "./graph";
import type { Box, Gap, Point, Widths } from "./layout";
import { waysOf } from "./ways";

/** `name` is the middle of the words on it, `plus` that of the button for another step on it. */
export interface Route {
  readonly points: readonly Point[];
  readonly name: Point | undefined;
  readonly plus: Point | undefined;
}

const PORTS = 40;
const INSET = 16;
const ASIDE = 20;
const STEP_ASIDE = 14;
const NAME_STEP = 26;
const COLUMNS = 4;

type Boxes = ReadonlyMap<string, Box>;
type Lanes = ReadonlyMap<string, number>;

export function routesOf(
  graph: Graph,
  boxes: Boxes,
  lanes: Lanes,
  gaps: readonly Gap[],
  widthOf: Widths,
): ReadonlyMap<string, Route> {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const beside = asideOf(boxes, widthOf);
  const run = (edge: GraphEdge): Run | undefined => {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    const [source, node] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined || source === undefined || node === undefined)
      return undefined;
    return { edge, from, to, source, node };
  };
  const routeOf = (found: Run): Route => {
    if (found.edge.role !== "way") return aside(found, beside);
    return found.to.row > found.from.row ? down(found, lanes, gaps) : over(found, beside, gaps);
  };
  return new Map(
    graph.edges.flatMap((edge) => {
      const found = run(edge);
      if (found === undefined) return [];
      return [[edge.id, routeOf(found)] as const];
    }),
  );
}

interface Run {
  readonly edge: GraphEdge;
  readonly from: Box;
  readonly to: Box;
  readonly source: GraphNode;
  readonly node: GraphNode;
}

/** Down its lane, and between the rows above its target over to it. */
function down({ edge, from, to, source, node }: Run, lanes: Lanes, gaps: readonly Gap[]): Route {
  const port = { x: portOf(edge, from, source, lanes), y: from.y + from.height };
  const lane = lanes.get(edge.id) ?? port.x;
  const [target, bottom] = [middle(to), from.y + from.height];
  const leaving = gaps[from.row] ?? { parting: bottom, name: bottom, plus: bottom };
  const arriving = gaps[to.row - 1]?.meeting ?? to.y;
  const points = [
    port,
    { x: port.x, y: leaving.parting },
    { x: lane, y: leaving.parting },
    { x: lane, y: arriving },
    { x: target, y: arriving },
    { x: target, y: to.y },
  ];
  return {
    points: straightened(points),
    name: edge.named ? { x: lane, y: leaving.name } : undefined,
    plus: node.ways > 1 ? { x: lane, y: leaving.plus } : undefined,
  };
}

/** Return where an edge leaves its step: the ways side by side, in their order. */
function portOf(edge: GraphEdge, from: Box, source: GraphNode, lanes: Lanes): number {
  if (!edge.named || source.step === undefined) return middle(from);
  const ways = waysOf(source.step).filter(({ way }) => lanes.has(`${edge.from}:${way}`));
  const apart = Math.min(PORTS, (from.width - 2 * INSET) / Math.max(1, ways.length - 1));
  const index = ways.findIndex(({ way }) => way === edge.way);
  return middle(from) + (index - (ways.length - 1) / 2) * apart;
}

/** Into another lane, and no lower: up beside all that is between, and in from above, as every way comes in. */
function over({ edge, from, to }: Run, beside: Beside, gaps: readonly Gap[]): Route {
  const x = beside("right", edge, from, to);
  const [out, arriving] = [from.y + from.height / 2, gaps[to.row - 1]?.meeting ?? to.y];
  const points = [
    { x: from.x + from.width, y: out },
    { x, y: out },
    { x, y: arriving },
    { x: middle(to), y: arriving },
    { x: middle(to), y: to.y },
  ];
  return { points: straightened(points), ...marksBeside(edge, x, (out + arriving) / 2) };
}

/** Out at the side, along beside all that is between, and in at the side: detours left, steps back right. */
function aside({ edge, from, to }: Run, beside: Beside): Route {
  const side = edge.role === "on_skip" || edge.role === "on_failure" ? "left" : "right";
  const x = beside(side, edge, from, to);
  const edgeOf = (box: Box) => (side === "left" ? box.x : box.x + box.width);
  const [out, into] = [from.y + from.height / 2, to.y + to.height / 2];
  const points = [
    { x: edgeOf(from), y: out },
    { x, y: out },
    { x, y: into },
    { x: edgeOf(to), y: into },
  ];
  return { points: straightened(points), ...marksBeside(edge, x, (out + into) / 2) };
}

function marksBeside(edge: GraphEdge, x: number, y: number): Pick<Route, "name" | "plus"> {
  return {
    name: edge.named ? { x, y } : undefined,
    plus: edge.role === "way" ? { x, y: y + NAME_STEP } : undefined,
  };
}

type Beside = (side: "left" | "right", edge: GraphEdge, from: Box, to: Box) => number;

/** Return what finds a free column beside the rows from one node to another; each is another one, with room for words. */
function asideOf(boxes: Boxes, widthOf: Widths): Beside {
  const lefts: number[] = [];
  const rights: number[] = [];
  for (const box of boxes.values()) {
    lefts[box.row] = Math.min(lefts[box.row] ?? box.x, box.x);
    rights[box.row] = Math.max(rights[box.row] ?? box.x + box.width, box.x + box.width);
  }
  const given = { left: 0, right: 0 };
  return (side, edge, from, to) => {
    const rows = [Math.min(from.row, to.row), Math.max(from.row, to.row) + 1] as const;
    const words = edge.named ? widthOf(edge) / 2 : 0;
    const extra = Math.max(ASIDE, words) + STEP_ASIDE * (given[side]++ % COLUMNS);
    return side === "left"
      ? lefts.slice(...rows).reduce((least, each) => Math.min(least, each), Infinity) - extra
      : rights.slice(...rows).reduce((most, each) => Math.max(most, each), -Infinity) + extra;
  };
}

function middle(box: Box): number {
  return box.x + box.width / 2;
}

/** Leave out points that lie on the way between their neighbours. */
export function straightened(points: readonly Point[]): readonly Point[] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    const isSame = before.x === point.x && before.y === point.y;
    const isOn =
      (before.x === point.x && after.x === point.x) || (before.y === point.y && after.y === point.y);
    return !isSame && !isOn;
  });
}

/** Write a run as an SVG path with rounded corners. */
export function pathOf(points: readonly Point[], radius = 8): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  return others.reduce((path, point, index) => {
    const [before, after] = [points[index], others[index + 1]];
    if (before === undefined || after === undefined) return `${path} L${point.x} ${point.y}`;
    const r = Math.min(radius, far(before, point) / 2, far(point, after) / 2);
    const [into, out] = [towards(point, before, r), towards(point, after, r)];
    return `${path} L${into.x} ${into.y} Q${point.x} ${point.y} ${out.x} ${out.y}`;
  }, `M${first.x} ${first.y}`);
}

function far(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = far(from, to) || 1;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}
