// A way while a step at one of its ends is dragged: it holds on to both, however they stand.
import type { Point } from "./layout";

const STILL: Point = { x: 0, y: 0 };

type Ends = readonly [Point, Point];

/** Return the ends of a way whose steps are moved so far. */
export function pulledEnds([from, to]: Ends, byFrom?: Point, byTo?: Point): Ends {
  return [moved(from, byFrom), moved(to, byTo)];
}

/** Return the run of a way between two points, whatever lies between: down, across in the middle, and down. */
export function pulled([from, to]: Ends): readonly Point[] {
  if (from.x === to.x) return [from, to];
  const middle = (from.y + to.y) / 2;
  return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
}

export function moved(point: Point, by: Point = STILL): Point {
  return { x: point.x + by.x, y: point.y + by.y };
}
