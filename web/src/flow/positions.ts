// A layout in which people put some nodes elsewhere. Those stand where they were put; the others stay where the layout
// has them, and give way where one was put upon them. Whatever the places, nothing covers anything else.
import { START_ID, type Graph } from "./graph";
import type { Box, Layout, Point } from "./layout";
import { rerouted } from "./reroutes";
import { Room } from "./space";

/** The upper left corners of the nodes that were put somewhere, by the keys of their steps. */
export type Positions = ReadonlyMap<string, Point>;

/** Pixels from one line of the grid to the next. */
export const STEP_GRID = 16;
/** No node is farther from the start; the server keeps none that is. */
export const FARTHEST = 200_000;
/** What stays free between two nodes: below one is the way out of it, above the other what stands on the way to it. */
export const APART: Point = { x: 16, y: 40 };

/** Put nodes elsewhere and lead their ways there. What nobody moved costs nothing: then it is the layout itself. */
export function positioned(graph: Graph, layout: Layout, positions: Positions): Layout {
  const put = graph.nodes.filter(({ id, step }) => step !== undefined && positions.has(id));
  if (put.length === 0) return layout;
  const boxes = boxesOf(graph, layout, positions);
  return { boxes, routes: rerouted(graph, layout, boxes) };
}

function boxesOf(graph: Graph, { boxes: homes }: Layout, positions: Positions): ReadonlyMap<string, Box> {
  const room = new Room(APART);
  const found = new Map<string, Box>();
  const stand = (id: string, box: Box) => {
    room.add(box);
    found.set(id, box);
  };
  const all = graph.nodes.flatMap(({ id }) => {
    const home = homes.get(id);
    return home === undefined ? [] : [{ id, home, at: id === START_ID ? undefined : positions.get(id) }];
  });
  const start = homes.get(START_ID);
  if (start !== undefined) stand(START_ID, start);
  for (const { id, home, at } of all) {
    if (at !== undefined) stand(id, room.nearest({ ...home, ...bounded(at) }));
  }
  const others = all.filter(({ id }) => !found.has(id));
  for (const { id, home } of others) if (room.isFree(home)) stand(id, home);
  for (const { id, home } of others) if (!found.has(id)) stand(id, room.nearest(home));
  return new Map(all.map(({ id, home }) => [id, found.get(id) ?? home]));
}

function bounded({ x, y }: Point): Point {
  return { x: within(x), y: within(y) };
}

function within(length: number): number {
  return Number.isFinite(length) ? Math.round(Math.max(-FARTHEST, Math.min(FARTHEST, length))) : 0;
}

/**
 * Return where a node may be put that somebody lets go at a point: there, or beside what was put there before.
 * `id` is the node itself; those that go with it are in `together`.
 */
export function roomFor(
  layout: Layout,
  positions: Positions,
  id: string,
  at: Point,
  together: ReadonlyMap<string, Point> = new Map(),
): Point {
  const room = new Room(APART);
  for (const [key, box] of layout.boxes) {
    const goes = together.get(key);
    const isFixed = key === START_ID || positions.has(key) || goes !== undefined;
    if (key !== id && isFixed) room.add({ ...box, ...goes });
  }
  const box = layout.boxes.get(id);
  if (box === undefined) return bounded(at);
  const { x, y } = room.nearest({ ...box, ...bounded(at) });
  return { x, y };
}

/** A line along which a node lies with another: at an `x` from one y to another, or the other way round. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Snapped {
  readonly point: Point;
  readonly guides: readonly Guide[];
}

const NEAR = 8;
const SEEN = 900;

/** Draw a node that is moved to the lines of its neighbours, or else to the grid. */
export function snapped(box: Box, others: Iterable<Box>): Snapped {
  const near = [...others].filter(({ x, y }) => Math.abs(x - box.x) < SEEN && Math.abs(y - box.y) < SEEN);
  const x = lineAt("x", box, near);
  const y = lineAt("y", box, near);
  const point = { x: box.x + (x?.by ?? toGrid(box.x)), y: box.y + (y?.by ?? toGrid(box.y)) };
  const there = { ...box, ...point };
  return { point, guides: [x, y].flatMap((line) => line?.guide(there) ?? []) };
}

function toGrid(length: number): number {
  return Math.round(length / STEP_GRID) * STEP_GRID - length;
}

interface Line {
  /** How far the node is from it. */
  readonly by: number;
  readonly guide: (there: Box) => Guide;
}

const SIZE = { x: "width", y: "height" } as const;
const PARTS = [0, 0.5, 1];

/** Return the nearest line of a neighbour: its edges and its middle. */
function lineAt(axis: "x" | "y", box: Box, near: readonly Box[]): Line | undefined {
  const lines = near.flatMap((other) =>
    PARTS.map((part) => {
      const at = other[axis] + other[SIZE[axis]] * part;
      return { other, at, by: at - box[axis] - box[SIZE[axis]] * part, far: distance(box, other) };
    }),
  );
  const best = lines
    .filter(({ by }) => Math.abs(by) <= NEAR)
    .toSorted((one, two) => Math.abs(one.by) - Math.abs(two.by) || one.far - two.far)[0];
  if (best === undefined) return undefined;
  const across = axis === "x" ? "y" : "x";
  return {
    by: best.by,
    guide: (there) => ({
      axis,
      at: best.at,
      from: Math.min(there[across], best.other[across]),
      to: Math.max(there[across] + there[SIZE[across]], best.other[across] + best.other[SIZE[across]]),
    }),
  };
}

function distance(one: Box, other: Box): number {
  return Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
}

/** Return the next line of the grid in a direction, -1 or 1; 0 stays. */
export function stepped(length: number, direction: number): number {
  if (direction === 0) return length;
  const lines = length / STEP_GRID;
  return (direction > 0 ? Math.floor(lines) + 1 : Math.ceil(lines) - 1) * STEP_GRID;
}
