// A value that parts of the page may follow one by one, and what never changes its identity may look into.
import { useSyncExternalStore } from "react";

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

/** Follow whether a cell holds one value; others that it takes draw nothing anew. */
export function useIs<Value>(cell: Cell<Value>, value: Value): boolean {
  return useSyncExternalStore(cell.subscribe, () => Object.is(cell.get(), value));
}
