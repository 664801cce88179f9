// Where the nodes of a flow stand and how its edges run. Rows and lanes: what comes later stands lower, the ways of
// a step stand side by side, nothing ever covers anything else. The same flow always looks the same.
import { END_ID, START_ID, type Graph, type GraphEdge, type GraphNode, type Line } from "./graph";
import { routesOf, type Route } from "./routes";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** `x` and `y` are the upper left corner; rows are counted from 0. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
  readonly row: number;
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly routes: ReadonlyMap<string, Route>;
}

/** How wide the words on an edge are, in pixels. */
export type Widths = (edge: GraphEdge) => number;

export const SIZES = {
  start: { width: 212, height: 58 },
  step: { width: 212, height: 88 },
  pill: { width: 212, height: 34 },
} as const;

const GRID = 20;
const COLUMNS = 40;
const NAME_ROOM = 16;
const APART = 120;

/** What stands around a spine: how far to its left and right. */
interface Extent {
  readonly left: number;
  readonly right: number;
}

export function sizeOf({ id, step }: Pick<GraphNode, "id" | "step">) {
  if (id === START_ID) return SIZES.start;
  return id === END_ID || step?.kind === "end" ? SIZES.pill : SIZES.step;
}

/** Lay a flow out. `widthOf` says how much room the name of an edge needs. */
export function layoutOf(graph: Graph, widthOf: Widths): Layout {
  const places = placed(graph, widthOf);
  const { spines, rows, lanes } = places;
  const { tops, gaps } = gapsOf(graph, places);
  const boxes = new Map(
    graph.nodes.map((node): [string, Box] => {
      const [size, row] = [sizeOf(node), rows.get(node.id) ?? 0];
      const spine = spines.get(node.id) ?? 0;
      return [node.id, { x: spine - size.width / 2, y: tops[row] ?? 0, ...size, row }];
    }),
  );
  return { boxes, routes: routesOf(graph, boxes, lanes, gaps, widthOf) };
}

interface Places {
  readonly spines: ReadonlyMap<string, number>;
  readonly rows: ReadonlyMap<string, number>;
  /** Where the lane of a named way runs. */
  readonly lanes: ReadonlyMap<string, number>;
}

function placed(graph: Graph, widthOf: Widths): Places {
  const spines = new Map<string, number>([[START_ID, 0]]);
  const rows = new Map<string, number>([[START_ID, 0]]);
  const lanes = new Map<string, number>();
  const edges = new Map(graph.edges.map((edge) => [edge.id, edge]));
  const extents = new Map<Line, Extent>();
  const half = SIZES.step.width / 2;

  function extentOf(line: Line): Extent {
    const known = extents.get(line);
    if (known !== undefined) return known;
    const found = line.items.reduce<Extent>(
      (wide, item) => {
        const around = lanesAround(item.lanes.map((lane) => laneExtent(lane.edge, lane)));
        return { left: Math.max(wide.left, around.left), right: Math.max(wide.right, around.right) };
      },
      { left: 0, right: 0 },
    );
    extents.set(line, found);
    return found;
  }

  function laneExtent(edge: string, line: Line): Extent {
    const held = edges.get(edge);
    const name = toGrid(((held === undefined ? 0 : widthOf(held)) + NAME_ROOM) / 2);
    const { left, right } = extentOf(line);
    return { left: Math.max(left, name), right: Math.max(right, name) };
  }

  /** Set a line from a row on; return the first row below it. */
  function set(line: Line, spine: number, from: number): number {
    let row = from;
    for (const { key, lanes: below } of line.items) {
      spines.set(key, spine);
      rows.set(key, row);
      row += 1;
      const around = below.map((lane) => laneExtent(lane.edge, lane));
      const at = spinesOf(around).map((each) => each + spine);
      row = below.reduce((lowest, lane, index) => {
        lanes.set(lane.edge, at[index] ?? spine);
        return Math.max(lowest, set(lane, at[index] ?? spine, row));
      }, row);
    }
    return row;
  }

  /** Return how much room the lanes of a step need around it, the step itself included. */
  function lanesAround(around: readonly Extent[]): Extent {
    const at = spinesOf(around);
    const left = (around[0]?.left ?? 0) - (at[0] ?? 0);
    const right = (around.at(-1)?.right ?? 0) + (at.at(-1) ?? 0);
    return { left: Math.max(half, left), right: Math.max(half, right) };
  }

  let bottom = set(graph.line, 0, 1);
  let edge = Math.max(half, extentOf(graph.line).right);
  for (const line of graph.lost) {
    const { left, right } = extentOf(line);
    bottom = Math.max(bottom, set(line, edge + APART + left, 1));
    edge += APART + left + right;
  }
  spines.set(END_ID, 0);
  rows.set(END_ID, bottom);
  return { spines, rows, lanes };
}

/**
 * Set lanes side by side; 0 is the middle between the first and the last. Where the middle one of them would stand a
 * little beside it, the narrower half gets more room: its way would have a kink that says nothing.
 */
function spinesOf(around: readonly Extent[]): readonly number[] {
  let at = 0;
  const spines = around.map(({ left }, index) => {
    const before = around[index - 1];
    at += before === undefined ? 0 : before.right + COLUMNS + left;
    return at;
  });
  const central = around.length % 2 === 1 ? (around.length - 1) / 2 : 0;
  const aside = 2 * (spines[central] ?? 0) - at;
  if (central === 0 || Math.abs(aside) > COLUMNS) return spines.map((spine) => spine - at / 2);
  const middle = (at + Math.abs(aside)) / 2;
  return spines.map((spine, index) => {
    const isFar = aside > 0 ? index > central : index >= central;
    return spine + (isFar ? Math.abs(aside) : 0) - middle;
  });
}

function toGrid(length: number): number {
  return Math.ceil(length / GRID) * GRID;
}

function heightsOf(graph: Graph, rows: ReadonlyMap<string, number>): readonly number[] {
  const heights: number[] = [];
  for (const node of graph.nodes) {
    const row = rows.get(node.id) ?? 0;
    heights[row] = Math.max(heights[row] ?? 0, sizeOf(node).height);
  }
  return heights;
}

/** What runs between a row and the one below: each height is that of a horizontal part, or of a middle. */
export interface Gap {
  readonly parting: number;
  readonly name: number;
  readonly plus: number;
  readonly meeting: number;
}

const LEAVE = 14;
const PART = 12;
const NAME = 22;
const PLUS = 24;
const MEET = 14;
const STEM = 24;
const CLEAR = 6;
const ARRIVE = 12;
const LEAST = 62;

/** Return the top of each row and what is between the rows: each gap is as high as what runs in it needs. */
function gapsOf(graph: Graph, places: Places) {
  const heights = heightsOf(graph, places.rows);
  const needs = needsOf(graph, places);
  const tops: number[] = [];
  let y = 0;
  const gaps = heights.map((height, row) => {
    tops.push(y);
    const [gap, deep] = gapAt(y + height, needs[row]);
    y += height + deep;
    return gap;
  });
  return { tops, gaps };
}

interface Need {
  parts?: boolean;
  plus?: boolean;
  meets?: boolean;
}

function needsOf(graph: Graph, { spines, rows, lanes }: Places): readonly Need[] {
  const needs: Need[] = [];
  const need = (row: number | undefined, what: Need) => {
    if (row !== undefined) needs[row] = { ...needs[row], ...what };
  };
  const joins = new Set(graph.nodes.filter(({ ways }) => ways > 1).map(({ id }) => id));
  for (const { id, from, to } of graph.edges.filter(({ role }) => role === "way")) {
    const row = rows.get(from);
    if (lanes.has(id)) need(row, { parts: true });
    if (joins.has(to)) need(row, { plus: true });
    if ((lanes.get(id) ?? spines.get(from)) !== spines.get(to))
      need((rows.get(to) ?? 0) - 1, { meets: true });
  }
  return needs;
}

function gapAt(top: number, { parts, plus, meets }: Need = {}): readonly [Gap, number] {
  const parting = top + LEAVE;
  const name = parting + PART + NAME / 2;
  const named = parts === true ? name + NAME / 2 + CLEAR : parting;
  const added = named + (plus === true ? PLUS + CLEAR : 0);
  const met = added + (meets === true ? MEET : 0);
  const deep = Math.max(LEAST, met + STEM + ARRIVE - top);
  return [{ parting, name, plus: named + PLUS / 2, meeting: added + CLEAR }, deep];
}
