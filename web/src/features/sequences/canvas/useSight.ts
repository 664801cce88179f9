import { getViewportForBounds, useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { START_ID } from "@/flow/graph";
import type { Layout } from "@/flow/layout";
import type { Positions } from "@/flow/positions";
import {
  anchorOf,
  around,
  BELOW,
  BESIDE,
  boxOf,
  evenly,
  firstMoved,
  firstOf,
  fromStart,
  isNews,
  movedBy,
  roomAbove,
  type Seen,
} from "./sight";

const AGAIN = 30;
const TRIES = 20;
const MARGIN = 72;
const READABLE = 0.8;
export const LEAST_ZOOM = 0.05;

/** Moving what one sees: as little as is needed, so that nothing jumps and what was done is seen. */
export function useSight(layout: Layout, chosen: string | undefined, positions?: Positions) {
  const eye = useEye();
  const room = useStore(({ width }) => width);
  const last = useRef<Seen>({ layout, chosen: undefined, room: 0 });

  const lastPut = useRef(positions);
  const ours = useOurs();

  useEffect(() => {
    const isPut = lastPut.current !== positions;
    const moved = ours.moved(lastPut.current, positions);
    lastPut.current = positions;
    const [before, now] = [last.current, { layout, chosen, room }];
    last.current = now;
    if (room === 0) return;
    if (before.room === 0) eye.fit(firstOf(layout), READABLE, firstOf(layout).boxes !== layout.boxes);
    // What was put elsewhere by hand is there, and nothing else goes with it.
    else if (!isPut) eye.follow(movedBy(anchorOf(before, now), before.layout, layout));
    const box = boxOf(now, chosen);
    if (box !== undefined && isNews(before, now)) eye.look(box);
    const movedTo = boxOf(now, moved);
    if (movedTo !== undefined) eye.look(movedTo);
  }, [layout, chosen, positions, room, eye, ours]);

  const show = (key: string) => {
    const box = last.current.layout.boxes.get(key);
    if (box !== undefined) eye.look(box);
  };
  const look = eye.look;
  const showAll = () => {
    eye.fit(last.current.layout, LEAST_ZOOM);
  };
  return { show, look, showAll, focus, watchMoves: ours.watch };
}

/** What undo and redo move may be out of sight; what others move is no reason to turn away. */
function useOurs() {
  const isOurs = useRef(false);
  return useMemo(
    () => ({
      watch: () => {
        isOurs.current = true;
      },
      moved: (before: Positions | undefined, now: Positions | undefined) => {
        if (before === now || !isOurs.current) return undefined;
        isOurs.current = false;
        return firstMoved(before, now);
      },
    }),
    [],
  );
}

/** Return what turns the eye: it never changes. */
function useEye() {
  const flow = useReactFlow();
  const store = useStoreApi();
  const moveBy = useCallback(
    (dx: number, dy: number) => {
      const { x, y, zoom } = flow.getViewport();
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
    },
    [flow],
  );
  return useMemo(
    () => ({
      /** Bring nodes into sight, as large as they fit; of a part of the flow the start in the middle. */
      fit: ({ boxes }: Pick<Layout, "boxes">, least: number, isPart = false) => {
        const { width, height } = store.getState();
        const all = around([...boxes.values()]);
        const bounds = isPart ? evenly(all, boxes.get(START_ID)) : all;
        const view = getViewportForBounds(bounds, width, height, least, 1, {
          top: `${roomAbove(width)}px`,
          x: `${BESIDE}px`,
          bottom: `${BELOW}px`,
        });
        void flow.setViewport(fromStart(view, bounds, boxes.get(START_ID), { width, height }));
      },
      /** Move along with what moved, so that it stays where it was on the screen. */
      follow: ({ x, y }: { readonly x: number; readonly y: number }) => {
        const { zoom } = flow.getViewport();
        moveBy(-x * zoom, -y * zoom);
      },
      /** Bring a node into sight if it is not. */
      look: (box: {
        readonly x: number;
        readonly y: number;
        readonly width: number;
        readonly height: number;
      }) => {
        const { width, height } = store.getState();
        const { x, y, zoom } = flow.getViewport();
        moveBy(
          outside(box.x * zoom + x, box.width * zoom, width),
          outside(box.y * zoom + y, box.height * zoom, height),
        );
      },
    }),
    [flow, store, moveBy],
  );
}

/** Put the focus on a node, once it is drawn. */
function focus(key: string, tries = TRIES): void {
  const face = window.document.querySelector<HTMLElement>(`[data-canvas] [data-step="${key}"]`);
  if (face !== null) face.focus({ preventScroll: true });
  else if (tries > 0) setTimeout(focus, AGAIN, key, tries - 1);
}

/** Return how far something has to move so that it lies within what is seen, with a margin. */
function outside(at: number, size: number, room: number): number {
  if (at < MARGIN) return MARGIN - at;
  if (at + size > room - MARGIN) return Math.max(MARGIN - at, room - MARGIN - at - size);
  return 0;
}
