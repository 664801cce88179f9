// What the palette offers beside rooms, people and sequences: acts of the room one is in.
import { useEffect, useRef } from "react";
import { createRegistry } from "./registry";

export interface PaletteAction {
  readonly id: string;
  /** A verb and what it touches: "Import contacts". */
  readonly label: string;
  readonly act: () => void;
}

export const paletteActions = createRegistry<readonly PaletteAction[]>();

/** Offer these acts in the palette while the component is shown. */
export function usePaletteActions(actions: readonly PaletteAction[]): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  const shape = JSON.stringify(actions.map(({ id, label }) => ({ id, label })));
  useEffect(
    () =>
      paletteActions.add(
        (JSON.parse(shape) as Omit<PaletteAction, "act">[]).map(({ id, label }) => ({
          id,
          label,
          act: () => current.current.find((action) => action.id === id)?.act(),
        })),
      ),
    [shape],
  );
}
