// The small map of a flow: all its nodes as a few paths, so that a long flow costs no more than a short one.
import type { StepNode } from "./drawn";

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is marked on the map; all else is plain. */
export type Look = "plain" | "error" | "chosen";

/** Return where all nodes lie; undefined where there is none. */
export function boundsOf(nodes: readonly StepNode[]): Frame | undefined {
  return nodes
    .map(frameOf)
    .reduce<Frame | undefined>((all, each) => (all ? joined(all, each) : each), undefined);
}

/** Return one path for all nodes of a look. */
export function pathsOf(nodes: readonly StepNode[]): Readonly<Record<Look, string>> {
  const paths = { plain: "", error: "", chosen: "" };
  for (const node of nodes) {
    const { x, y, width, height } = frameOf(node);
    paths[lookOf(node)] += `M${x} ${y}h${width}v${height}h${-width}z`;
  }
  return paths;
}

/** Return what the map shows: all nodes and what is in sight, in the proportions of its box. */
export function seenOn(
  bounds: Frame,
  view: Frame,
  { width, height }: Pick<Frame, "width" | "height">,
): Frame {
  const all = joined(bounds, view);
  const scale = Math.max(all.width / width, all.height / height);
  const [wide, high] = [scale * width * ROOM, scale * height * ROOM];
  return { x: all.x - (wide - all.width) / 2, y: all.y - (high - all.height) / 2, width: wide, height: high };
}

/** Around everything is a margin. */
const ROOM = 1.06;

function lookOf({ data }: StepNode): Look {
  if (data.severity === "error") return "error";
  return data.chosen ? "chosen" : "plain";
}

function frameOf({ position, width = 0, height = 0 }: StepNode): Frame {
  return { ...position, width, height };
}

function joined(one: Frame, other: Frame): Frame {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  const right = Math.max(one.x + one.width, other.x + other.width);
  const bottom = Math.max(one.y + one.height, other.y + other.height);
  return { x, y, width: right - x, height: bottom - y };
}
