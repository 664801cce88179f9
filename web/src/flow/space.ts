// What stands where: boxes found by their place, and free room between them.
import type { Box, Point } from "./layout";

const CELL = 256;

interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Boxes that keep a distance from each other. */
export class Room {
  private readonly all: Box[] = [];
  private readonly cells = new Map<string, Box[]>();

  private readonly apart: Point;

  constructor(apart: Point = { x: 0, y: 0 }) {
    this.apart = apart;
  }

  add(box: Box): void {
    this.all.push(box);
    for (const cell of cellsOf(edgesOf(box))) {
      const held = this.cells.get(cell);
      if (held === undefined) this.cells.set(cell, [box]);
      else held.push(box);
    }
  }

  isFree(box: Box): boolean {
    return this.hit(box) === undefined;
  }

  /** Return a box where it is, or as near as it is free: straight to one side, past whatever stands there. */
  nearest(box: Box): Box {
    const { x, y } = this.apart;
    const walks = [
      this.walk(box, (hit) => ({ ...box, y: hit.y + hit.height + y })),
      this.walk(box, (hit) => ({ ...box, x: hit.x + hit.width + x })),
      this.walk(box, (hit) => ({ ...box, x: hit.x - box.width - x })),
      this.walk(box, (hit) => ({ ...box, y: hit.y - box.height - y })),
    ];
    return walks.reduce((best, each) => (far(box, each) < far(box, best) ? each : best));
  }

  /** Go on in one direction until nothing is in the way: what was passed is never met again. */
  private walk(box: Box, past: (hit: Box) => Box): Box {
    let at = box;
    for (let hit = this.hit(at); hit !== undefined; hit = this.hit(at)) at = past(hit);
    return at;
  }

  private hit(box: Box): Box | undefined {
    const { left, right, top, bottom } = edgesOf(box);
    const { x, y } = this.apart;
    return this.over({ left: left - x, right: right + x, top: top - y, bottom: bottom + y })[0];
  }

  /** Return the boxes that lie within these edges, once each; to touch is not to lie within. */
  over(edges: Edges): readonly Box[] {
    const held = sizeIn(edges) > this.all.length ? this.all : this.around(edges);
    return [...held].filter((box) => covers(edgesOf(box), edges));
  }

  private around(edges: Edges): ReadonlySet<Box> {
    return new Set(cellsOf(edges).flatMap((cell) => this.cells.get(cell) ?? []));
  }

  /** Tell how many boxes a line runs over. */
  crossings(points: readonly Point[]): number {
    return points.reduce((count, point, index) => {
      const next = points[index + 1];
      return next === undefined ? count : count + this.over(between(point, next)).length;
    }, 0);
  }
}

export function between(one: Point, other: Point): Edges {
  return {
    left: Math.min(one.x, other.x),
    right: Math.max(one.x, other.x),
    top: Math.min(one.y, other.y),
    bottom: Math.max(one.y, other.y),
  };
}

function edgesOf({ x, y, width, height }: Box): Edges {
  return { left: x, right: x + width, top: y, bottom: y + height };
}

function covers(one: Edges, other: Edges): boolean {
  const isBeside = one.right <= other.left || other.right <= one.left;
  return !isBeside && one.bottom > other.top && other.bottom > one.top;
}

/** Return about how many cells lie within these edges. */
function sizeIn({ left, right, top, bottom }: Edges): number {
  return ((right - left) / CELL + 1) * ((bottom - top) / CELL + 1);
}

function cellsOf({ left, right, top, bottom }: Edges): readonly string[] {
  const [first, last] = [Math.floor(top / CELL), Math.floor(bottom / CELL)];
  const cells: string[] = [];
  for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++)
    for (let row = first; row <= last; row++) cells.push(`${column} ${row}`);
  return cells;
}

function far(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
