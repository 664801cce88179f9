// A list that parts of the page add themselves to while they are shown: keys, actions of the palette.
import { useSyncExternalStore } from "react";

export interface Registry<Entry> {
  readonly add: (entry: Entry) => () => void;
  /** The newest stands last. The same array until something changes. */
  readonly entries: () => readonly Entry[];
  readonly subscribe: (listener: () => void) => () => void;
}

export function createRegistry<Entry>(): Registry<Entry> {
  let entries: readonly Entry[] = [];
  const listeners = new Set<() => void>();
  const change = (next: readonly Entry[]) => {
    entries = next;
    for (const listener of listeners) listener();
  };
  return {
    add: (entry) => {
      change([...entries, entry]);
      return () => {
        change(entries.filter((other) => other !== entry));
      };
    },
    entries: () => entries,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export function useEntries<Entry>(registry: Registry<Entry>): readonly Entry[] {
  return useSyncExternalStore(registry.subscribe, registry.entries);
}
