import { useEffect, useRef } from "react";

/** Alt with an arrow moves a step: up (-1) or down (1). The page's own keys leave Alt to others. */
export function useAltArrows(move: (by: number) => void): void {
  const current = useRef(move);
  useEffect(() => {
    current.current = move;
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const element = event.target instanceof Element ? event.target : undefined;
      const isTyping = element?.closest("input, textarea, select, [contenteditable=true]") != null;
      const isCovered = window.document.querySelector('[aria-modal="true"], [role=menu]') !== null;
      if (!event.altKey || by === undefined || isTyping || isCovered) return;
      event.preventDefault();
      current.current(by);
    };
    window.document.addEventListener("keydown", hear);
    return () => {
      window.document.removeEventListener("keydown", hear);
    };
  }, []);
}
