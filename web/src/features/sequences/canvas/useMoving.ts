import type { NodeChange, OnNodesChange, XYPosition } from "@xyflow/react";
import { useCallback, useRef, useState } from "react";
import type { Box, Point } from "@/flow/layout";
import { snapped } from "@/flow/positions";
import type { Slot } from "@/flow/ways";
import type { StepNode } from "./drawn";
import { useCanvas } from "./room";
import type { Drawn } from "./useDrawn";

interface Wanted {
  readonly drawn: Drawn;
  readonly onNodesChange: OnNodesChange<StepNode>;
  /** Returns the slot under the pointer, and shows it. */
  readonly slotUnder: (event: MouseEvent | TouchEvent, without?: string) => Slot | undefined;
  readonly onLetGo: (key: string, slot: Slot | undefined) => void;
  readonly onPlace: (points: ReadonlyMap<string, Point>) => void;
}

interface Held {
  /** Alt: neither the grid nor the lines of others hold it. */
  readonly free: boolean;
  readonly points: ReadonlyMap<string, Point>;
}

const NOTHING: Held = { free: false, points: new Map() };
// A hand that shakes while it presses moves nothing.
const SHAKE = 6;

/** Drag nodes: over a way's mark they will go there, over free ground they snap to the grid and to their neighbours. */
export function useMoving({ drawn, onNodesChange, slotUnder, onLetGo, onPlace }: Wanted) {
  const { guides, over, pulls } = useCanvas();
  const [isMoving, setMoving] = useState(false);
  const held = useRef(NOTHING);
  const { boxes } = drawn.layout;
  const change = useCallback(
    (changes: NodeChange<StepNode>[]) => {
      const { changes: drawnTo, points, lines } = drawnToLines(changes, boxes, held.current.free);
      if (points.size > 0) held.current = { ...held.current, points };
      if (points.size > 0) pulls.set(pullsOf(points, boxes));
      guides.set(points.size > 0 && over.get() === "" ? lines : NO_LINES);
      onNodesChange(drawnTo);
    },
    [boxes, guides, over, pulls, onNodesChange],
  );
  return {
    isMoving,
    onNodesChange: change,
    onNodeDragStart: (event: MouseEvent | TouchEvent) => {
      held.current = { ...NOTHING, free: event.altKey };
      setMoving(true);
    },
    onNodeDrag: (event: MouseEvent | TouchEvent, node: StepNode) => {
      held.current = { ...held.current, free: event.altKey };
      slotUnder(event, node.id);
    },
    onNodeDragStop: (event: MouseEvent | TouchEvent, node: StepNode) => {
      const slot = slotUnder(event, node.id);
      const { points } = held.current;
      held.current = NOTHING;
      over.set("");
      guides.set(NO_LINES);
      pulls.set(new Map());
      setMoving(false);
      if (slot === undefined && isFar(boxes.get(node.id), points.get(node.id))) onPlace(points);
      else onLetGo(node.id, slot);
    },
  };
}

const NO_LINES: ReturnType<typeof snapped>["guides"] = [];

function pullsOf(points: Held["points"], boxes: ReadonlyMap<string, Box>): Held["points"] {
  return new Map(
    [...points].map(([id, { x, y }]) => {
      const box = boxes.get(id);
      return [id, { x: x - (box?.x ?? x), y: y - (box?.y ?? y) }];
    }),
  );
}

function isFar(box: Box | undefined, point: Point | undefined): boolean {
  if (box === undefined || point === undefined) return false;
  return Math.hypot(box.x - point.x, box.y - point.y) >= SHAKE;
}

/** Draw what is dragged to the lines around the first of it; the others keep their distance from that. */
function drawnToLines(
  changes: NodeChange<StepNode>[],
  boxes: ReadonlyMap<string, Box>,
  free: boolean,
): {
  readonly changes: NodeChange<StepNode>[];
  readonly points: ReadonlyMap<string, Point>;
  readonly lines: typeof NO_LINES;
} {
  const to = new Map(
    changes.flatMap((change): [string, XYPosition][] =>
      change.type === "position" && change.position !== undefined ? [[change.id, change.position]] : [],
    ),
  );
  const [first] = to;
  const box = first && boxes.get(first[0]);
  if (first === undefined || box === undefined) return { changes, points: new Map(), lines: NO_LINES };
  const others = [...boxes].flatMap(([id, other]) => (to.has(id) ? [] : [other]));
  const { point, guides } = free
    ? { point: first[1], guides: NO_LINES }
    : snapped({ ...box, ...first[1] }, others);
  const by = { x: point.x - first[1].x, y: point.y - first[1].y };
  const points = new Map([...to].map(([id, { x, y }]) => [id, { x: x + by.x, y: y + by.y }]));
  const snappedTo = changes.map((change) => {
    const at = change.type === "position" ? points.get(change.id) : undefined;
    return at === undefined ? change : { ...change, position: at };
  });
  return { changes: snappedTo, points, lines: guides };
}
