import { useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import type { Layout } from "@/flow/layout";

const AGAIN = 30;
const TRIES = 20;
const MARGIN = 60;

/** Moving what one sees: as little as is needed, so that nothing jumps. */
export function useSight(layout: Layout, anchor: string | undefined) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const before = useRef(layout);

  // What was looked at stays where it was on the screen, however the rest moved.
  useEffect(() => {
    const [was, is] = [before.current.boxes.get(anchor ?? ""), layout.boxes.get(anchor ?? "")];
    before.current = layout;
    if (was === undefined || is === undefined || (was.x === is.x && was.y === is.y)) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x + (was.x - is.x) * zoom, y: y + (was.y - is.y) * zoom, zoom });
  }, [layout, anchor, flow]);

  /** Bring a node into sight if it is not. */
  const show = useCallback(
    (key: string) => {
      const box = before.current.boxes.get(key);
      const { width, height } = store.getState();
      if (box === undefined || width === 0) return;
      const { x, y, zoom } = flow.getViewport();
      const dx = outside(box.x * zoom + x, box.width * zoom, width);
      const dy = outside(box.y * zoom + y, box.height * zoom, height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
    },
    [flow, store],
  );

  return { show, focus };
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
