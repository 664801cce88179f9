import { useMemo, useState } from "react";

export interface Selection<Key> {
  readonly selected: ReadonlySet<Key>;
  readonly toggle: (key: Key) => void;
  /** Add these or take them away together. */
  readonly set: (keys: readonly Key[], isSelected: boolean) => void;
  readonly clear: () => void;
}

/** Which rows are chosen, by their keys: they stay chosen while the list grows. */
export function useSelection<Key>(): Selection<Key> {
  const [selected, setSelected] = useState<ReadonlySet<Key>>(new Set());
  return useMemo(
    () => ({
      selected,
      toggle: (key) => {
        setSelected((before) => changed(before, [key], !before.has(key)));
      },
      set: (keys, isSelected) => {
        setSelected((before) => changed(before, keys, isSelected));
      },
      clear: () => {
        setSelected(new Set());
      },
    }),
    [selected],
  );
}

function changed<Key>(before: ReadonlySet<Key>, keys: readonly Key[], isSelected: boolean): ReadonlySet<Key> {
  const after = new Set(before);
  for (const key of keys) {
    if (isSelected) after.add(key);
    else after.delete(key);
  }
  return after;
}
