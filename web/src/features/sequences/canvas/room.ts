// What the parts of the canvas share: what can be done, and what is being dragged. It never changes its identity,
// so that a node is drawn anew only when the node itself changes.
import { createContext, useContext, useSyncExternalStore } from "react";
import type { Kind } from "@/flow/document";
import type { Guide } from "@/flow/positions";
import type { Slot } from "@/flow/ways";

export interface Deeds {
  readonly choose: (key: string) => void;
  readonly open: (key: string) => void;
  readonly add: (slot: Slot, kind: Kind) => void;
  /** Opens the list of kinds behind a step, undefined: behind the last. */
  readonly addAfter: (key: string | undefined) => void;
  readonly changeDelay: (key: string, delay: string) => void;
  readonly duplicate: (key: string) => void;
  readonly remove: (key: string) => void;
  /** Let it stand where the layout puts it. */
  readonly letGo: (key: string) => void;
}

/** A value that parts of the page may follow one by one. */
export interface Cell<Value> {
  readonly get: () => Value;
  readonly set: (value: Value) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function cellOf<Value>(first: Value): Cell<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set: (next) => {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export interface CanvasRoom {
  readonly deeds: Deeds;
  /** The slot over which something is dragged, as `slotName` writes it. */
  readonly over: Cell<string>;
  /** The slot whose list of kinds is open. */
  readonly adding: Cell<string>;
  /** The lines along which a node lies with others while it is dragged. */
  readonly guides: Cell<readonly Guide[]>;
  readonly readOnly: boolean;
}

export function slotName(slot: Slot): string {
  return `${slot.step ?? ""}|${slot.way}`;
}

export const CanvasContext = createContext<CanvasRoom | undefined>(undefined);

export function useCanvas(): CanvasRoom {
  const room = useContext(CanvasContext);
  if (room === undefined) throw new Error("useCanvas: outside of a canvas");
  return room;
}

/** Follow whether a cell holds one value; others that it takes draw nothing anew. */
export function useIs<Value>(cell: Cell<Value>, value: Value): boolean {
  return useSyncExternalStore(cell.subscribe, () => Object.is(cell.get(), value));
}
