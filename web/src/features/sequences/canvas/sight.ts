// What of a flow is looked at, and what stays where it was on the screen while the flow changes.
import type { Box, Layout, Point } from "@/flow/layout";
import type { Positions } from "@/flow/positions";

export interface Seen {
  readonly layout: Layout;
  readonly chosen: string | undefined;
  /** How wide the sheet is, in pixels; 0 before it is there. */
  readonly room: number;
}

const FIRST = 12;
/** Pixels around what is fitted into sight. */
export const [BESIDE, BELOW] = [28, 28];
const [BAR, BAR_AND_PROBLEMS, NARROW] = [72, 112, 760];

/** Return the room above: nothing shall lie under the toolbar, nor under the problems where those stand below it. */
export function roomAbove(width: number): number {
  return width > NARROW ? BAR : BAR_AND_PROBLEMS;
}

/** A long flow begins at its start, readable; a short one is seen whole. */
export function firstOf({ boxes }: Layout): Pick<Layout, "boxes"> {
  return { boxes: boxes.size > FIRST ? new Map([...boxes].slice(0, FIRST / 2)) : boxes };
}

/** Widen what is looked at, so that a node is in its middle. */
export function evenly<Bounds extends Point & Size>(bounds: Bounds, box: Box | undefined): Bounds {
  if (box === undefined) return bounds;
  const middle = box.x + box.width / 2;
  const half = Math.max(middle - bounds.x, bounds.x + bounds.width - middle);
  return { ...bounds, x: middle - half, width: 2 * half };
}

export function around(boxes: readonly Box[]) {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * Return the step that must not move on the screen: the one that is edited, or what stands next above the one that
 * came or went. undefined where nothing tells.
 */
export function anchorOf(before: Seen, now: Seen): string | undefined {
  const [was, is] = [before.layout.boxes, now.layout.boxes];
  const gone = boxOf(now, before.chosen) === undefined ? boxOf(before, before.chosen) : undefined;
  if (gone !== undefined) return nearestAbove(gone, was, is);
  if (boxOf(before, now.chosen) !== undefined) return now.chosen;
  const come = boxOf(now, now.chosen);
  return come && nearestAbove(come, is, was);
}

export function boxOf({ layout }: Seen, key: string | undefined): Box | undefined {
  return key === undefined ? undefined : layout.boxes.get(key);
}

type Boxes = Layout["boxes"];

/** Return the node above a place that is nearest to it, of those that are in both layouts. */
function nearestAbove(place: Box, boxes: Boxes, others: Boxes): string | undefined {
  let [found, least]: [string | undefined, number] = [undefined, Infinity];
  for (const [key, box] of boxes) {
    const apart = Math.hypot(box.x - place.x, box.y - place.y);
    if (box.row >= place.row || apart >= least || !others.has(key)) continue;
    [found, least] = [key, apart];
  }
  return found;
}

/** Return how far a node moved from one layout to the next. */
export function movedBy(key: string | undefined, before: Layout, now: Layout): Point {
  const [was, is] = [before.boxes.get(key ?? ""), now.boxes.get(key ?? "")];
  return was === undefined || is === undefined ? { x: 0, y: 0 } : { x: is.x - was.x, y: is.y - was.y };
}

/** Tell whether what is chosen may be out of sight now. */
export function isNews(before: Seen, { chosen, room }: Seen): boolean {
  return before.chosen !== chosen || before.room !== room || boxOf(before, chosen) === undefined;
}

/** Return a step that was put elsewhere by hand from one time to the next, or let go. */
export function firstMoved(before: Positions = new Map(), now: Positions = new Map()): string | undefined {
  return [...now.keys(), ...before.keys()].find((key) => {
    const [was, is] = [before.get(key), now.get(key)];
    return was?.x !== is?.x || was?.y !== is?.y;
  });
}

interface View extends Point {
  readonly zoom: number;
}

type Size = Pick<Box, "width" | "height">;

/** What does not fit is looked at from its start on, in the middle at the upper edge, and not from its own middle. */
export function fromStart(view: View, bounds: Point & Size, start: Box | undefined, room: Size): View {
  const { zoom } = view;
  const above = roomAbove(room.width);
  const isWide = start !== undefined && bounds.width * zoom > room.width - 2 * BESIDE;
  const isHigh = bounds.height * zoom > room.height - above - BELOW;
  return {
    zoom,
    x: isWide ? room.width / 2 - (start.x + start.width / 2) * zoom : view.x,
    y: isHigh ? above - bounds.y * zoom : view.y,
  };
}
