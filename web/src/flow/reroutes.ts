// How edges run to nodes that were put elsewhere: of the simple ways to go there, the one over the fewest nodes, then
// the shortest with the fewest turns. Edges that nothing of this touches run as the layout has them.
import type { Graph, GraphEdge } from "./graph";
import type { Box, Layout, Point } from "./layout";
import { straightened, type Route } from "./routes";
import { between, Room } from "./space";

type Boxes = ReadonlyMap<string, Box>;

const LEAVE = 16;
const ARRIVE = 34;
const BESIDE = 20;
const AROUND = 260;
const MOST = 12;
const NAME_STEP = 26;
const WORDS = 104;
const OVER_A_NODE = 10_000;
const PER_TURN = 16;

/** Return the routes of a layout, those of moved nodes and of ways that they stand on anew. */
export function rerouted(graph: Graph, layout: Layout, boxes: Boxes): ReadonlyMap<string, Route> {
  const all = new Room();
  const moved = new Room();
  const isMoved = new Set<string>();
  for (const [id, box] of boxes) {
    all.add(box);
    if (isAt(box, layout.boxes.get(id))) continue;
    moved.add(box);
    isMoved.add(id);
  }
  const stays = ({ id, from, to }: GraphEdge) =>
    !isMoved.has(from) && !isMoved.has(to) && moved.crossings(layout.routes.get(id)?.points ?? []) === 0;
  const anew = graph.edges
    .filter((edge) => !stays(edge))
    .flatMap((edge) => runOf(edge, layout, boxes) ?? [])
    .map((run) => [run.edge.id, routeOf(run, all)] as const);
  return new Map([...layout.routes, ...anew]);
}

function isAt({ x, y }: Point, home: Point | undefined): boolean {
  return home?.x === x && home.y === y;
}

interface Run {
  readonly edge: GraphEdge;
  readonly from: Box;
  readonly to: Box;
  /** Where it leaves its step. */
  readonly port: Point;
  /** Whether another step can be put on it. */
  readonly takes: boolean;
}

function runOf(edge: GraphEdge, layout: Layout, boxes: Boxes): Run | undefined {
  const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
  const { points: [first] = [], plus } = layout.routes.get(edge.id) ?? {};
  const home = layout.boxes.get(edge.from);
  if (from === undefined || to === undefined || home === undefined || first === undefined) return undefined;
  const port = { x: first.x + from.x - home.x, y: first.y + from.y - home.y };
  return { edge, from, to, port, takes: plus !== undefined };
}

function routeOf(run: Run, all: Room): Route {
  const near = nearby(run, all);
  const goesDown = run.port.y >= run.from.y + run.from.height;
  const tries = goesDown ? downwards(run, near) : sidewards(run, near);
  const best = tries
    .map((points) => straightened(points))
    .map((points) => ({ points, cost: costOf(points, all) }))
    .reduce((least, each) => (each.cost < least.cost ? each : least));
  return { points: best.points, ...marksOf(run, best.points) };
}

/** Return the boxes around an edge, the nearest ones: between them it has to find its way. */
function nearby({ from, to }: Run, all: Room): readonly Box[] {
  const { left, right, top, bottom } = between(
    { x: Math.min(from.x, to.x) - AROUND, y: Math.min(from.y, to.y) - AROUND },
    {
      x: Math.max(from.x + from.width, to.x + to.width) + AROUND,
      y: Math.max(from.y + from.height, to.y + to.height) + AROUND,
    },
  );
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const far = ({ x, y }: Box) => Math.hypot(x - middle.x, y - middle.y);
  const found = all.over({ left, right, top, bottom }).toSorted((one, other) => far(one) - far(other));
  return [...new Set([from, to, ...found.slice(0, MOST)])];
}

function downwards({ from, to, port }: Run, near: readonly Box[]): readonly (readonly Point[])[] {
  const end = { x: to.x + to.width / 2, y: to.y };
  const [below, above] = [from.y + from.height + LEAVE, to.y - ARRIVE];
  const heights = [above, (below + above) / 2, below, ...near.flatMap((box) => sidesOf(box, "y", "height"))];
  const across = heights
    .filter((y) => y > port.y && y < end.y)
    .map((y) => [port, { x: port.x, y }, { x: end.x, y }, end]);
  const around = near
    .flatMap((box) => sidesOf(box, "x", "width"))
    .map((x) => [
      port,
      { x: port.x, y: below },
      { x, y: below },
      { x, y: above },
      { x: end.x, y: above },
      end,
    ]);
  return [...across, ...around];
}

/** Out at the side and in at the side, as detours and steps back run. */
function sidewards({ edge, from, to, port }: Run, near: readonly Box[]): readonly (readonly Point[])[] {
  const isLeft = edge.role === "on_skip" || edge.role === "on_failure";
  const end = { x: isLeft ? to.x : to.x + to.width, y: to.y + to.height / 2 };
  const outer = isLeft
    ? Math.min(from.x, to.x) - BESIDE
    : Math.max(from.x + from.width, to.x + to.width) + BESIDE;
  return [outer, ...near.flatMap((box) => sidesOf(box, "x", "width"))].flatMap((x) => {
    const isOut = isLeft ? x < port.x && x < end.x : x > port.x && x > end.x;
    return isOut ? [[port, { x, y: port.y }, { x, y: end.y }, end]] : [];
  });
}

function sidesOf(box: Box, axis: "x" | "y", size: "width" | "height"): readonly number[] {
  return [box[axis] - BESIDE, box[axis] + box[size] + BESIDE];
}

function costOf(points: readonly Point[], all: Room): number {
  const length = segmentsOf(points).reduce((sum, segment) => sum + segment.length, 0);
  return all.crossings(points) * OVER_A_NODE + length + points.length * PER_TURN;
}

interface Segment {
  readonly middle: Point;
  readonly length: number;
  readonly isDown: boolean;
}

function segmentsOf(points: readonly Point[]): readonly Segment[] {
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (next === undefined) return [];
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    const length = Math.abs(point.x - next.x) + Math.abs(point.y - next.y);
    return [{ middle, length, isDown: point.x === next.x }];
  });
}

/** Its words stand on its longest part; what leads to a node with several ways has its last part in common. */
function marksOf({ edge, takes }: Run, points: readonly Point[]): Pick<Route, "name" | "plus"> {
  const parts = segmentsOf(points);
  const own = parts.length > 1 ? parts.slice(0, -1) : parts;
  const [longest] = own.toSorted((one, other) => other.length - one.length);
  if (longest === undefined) return { name: undefined, plus: undefined };
  return {
    name: edge.named ? longest.middle : undefined,
    plus: takes ? plusOn(longest, edge.named) : undefined,
  };
}

function plusOn({ middle: { x, y }, isDown }: Segment, isBeside: boolean): Point {
  if (!isBeside) return { x, y };
  return isDown ? { x, y: y + NAME_STEP } : { x: x + WORDS, y };
}
