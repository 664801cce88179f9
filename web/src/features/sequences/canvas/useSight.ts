import { useReactFlow, useStore, useStoreApi } from "@xyflow/react";
import { useCallback, useEffect, useRef } from "react";
import type { Layout } from "@/flow/layout";

const AGAIN = 30;
const TRIES = 20;
const MARGIN = 60;

/** Moving what one sees: as little as is needed, so that nothing jumps and what was done is seen. */
export function useSight(layout: Layout, chosen: string | undefined) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const room = useStore(({ width }) => width);
  const last = useRef({ layout, chosen: undefined as string | undefined, room: 0 });

  /** Bring a node into sight if it is not. */
  const show = useCallback(
    (key: string) => {
      const box = last.current.layout.boxes.get(key);
      const { width, height } = store.getState();
      if (box === undefined || width === 0) return;
      const { x, y, zoom } = flow.getViewport();
      const dx = outside(box.x * zoom + x, box.width * zoom, width);
      const dy = outside(box.y * zoom + y, box.height * zoom, height);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom });
    },
    [flow, store],
  );

  useEffect(() => {
    const before = last.current;
    last.current = { layout, chosen, room };
    if (chosen === undefined) return;
    const [was, is] = [before.layout.boxes.get(chosen), layout.boxes.get(chosen)];
    const isNews = before.chosen !== chosen || before.room !== room || was === undefined;
    if (isNews) show(chosen);
    else if (is !== undefined && (was.x !== is.x || was.y !== is.y)) {
      // What was looked at stays where it was on the screen, however the rest moved.
      const { x, y, zoom } = flow.getViewport();
      void flow.setViewport({ x: x + (was.x - is.x) * zoom, y: y + (was.y - is.y) * zoom, zoom });
    }
  }, [layout, chosen, room, flow, show]);

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
