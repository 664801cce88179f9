import { useEffect, useRef } from "react";
import type { FlowDocument } from "@/flow/document";
import { inOrder } from "@/flow/outline";

const STEPS = "[data-canvas], [data-steps]";
const ADDS = "[data-canvas] [data-slot], [data-steps] [data-add]";
/** Milliseconds between two looks, and how many: a menu that closes gives the focus back a moment later. */
const AGAIN = 50;
const TRIES = 12;

/**
 * Never lose the focus: when what had it goes away with an edit (a step is removed, an edit is undone, a menu closes over
 * a button that moved), it goes to the step that is chosen then, else to the one that stands in its place.
 */
export function useKeptFocus(document: FlowDocument, chosen: string | undefined): void {
  // Where the focus was last: the place of a step in the order; undefined elsewhere on the page.
  const place = useRef<number | undefined>(undefined);
  const order = useRef<readonly string[]>([]);
  const fresh = useRef<readonly string[]>([]);
  useEffect(() => watchPlace(order, place), []);
  useEffect(() => {
    const keys = inOrder(document);
    if (order.current !== keys) {
      const known = new Set(order.current);
      fresh.current = keys.filter((key) => !known.has(key));
    }
    order.current = keys;
    if (place.current === undefined) return undefined;
    // A step that was made just now is where one goes on.
    const isNew = chosen !== undefined && fresh.current.includes(chosen);
    const to = chosen ?? keys[Math.min(place.current, keys.length - 1)];
    return tryAgain(() => {
      if (place.current !== undefined && isLost(isNew)) target(to)?.focus();
    });
  }, [document, chosen]);
}

interface Held<Value> {
  current: Value;
}

/** Keep in mind where among the steps the focus is. A press anywhere else is meant to leave them. */
function watchPlace(order: Held<readonly string[]>, place: Held<number | undefined>): () => void {
  const note = ({ target: on }: Event) => {
    if (!(on instanceof Element) || on.closest("[role=menu]") !== null) return;
    const key = on.closest<HTMLElement>("[data-step]")?.dataset.step;
    if (key !== undefined) place.current = Math.max(0, order.current.indexOf(key));
    else place.current = on.closest(STEPS) === null ? undefined : (place.current ?? 0);
  };
  window.document.addEventListener("focusin", note);
  window.document.addEventListener("pointerdown", note);
  return () => {
    window.document.removeEventListener("focusin", note);
    window.document.removeEventListener("pointerdown", note);
  };
}

/** Look a few times; who presses a key meanwhile wants something else. Returns what ends it. */
function tryAgain(look: () => void): () => void {
  const waits = new AbortController();
  const again = (tries: number) => {
    if (waits.signal.aborted || tries === 0) return;
    look();
    setTimeout(again, AGAIN, tries - 1);
  };
  const stop = () => {
    waits.abort();
  };
  window.document.addEventListener("keydown", stop, { capture: true, signal: waits.signal });
  again(TRIES);
  return stop;
}

/** Tell whether nothing has the focus; for a step that is new also whether it stayed on another or on its +. */
function isLost(isNew: boolean): boolean {
  const { activeElement, body } = window.document;
  if (activeElement === null || activeElement === body) return true;
  return isNew && activeElement.closest(STEPS) !== null;
}

function target(key: string | undefined): HTMLElement | null {
  const steps =
    key === undefined ? null : window.document.querySelector(`:is(${STEPS}) [data-step="${key}"]`);
  return (steps ?? window.document.querySelector(ADDS)) as HTMLElement | null;
}
