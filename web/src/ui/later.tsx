// Parts of a room whose code comes apart from it.
import { useEffect, useSyncExternalStore, type ComponentType } from "react";
import { cellOf } from "./cell";

interface Held<Props> {
  readonly Part?: ComponentType<Props>;
  readonly fault?: unknown;
}

export interface Later<Props> {
  /** Draws the part once its code is here, and nothing before; throws what kept the code from coming. */
  readonly Part: ComponentType<Props>;
  /** Let the code come: the part is about to be drawn. */
  readonly fetch: () => void;
}

/**
 * Return a part that is drawn the moment its code is here. React's `lazy` holds a part back for 300 ms once something
 * stood in its place, which is most of the time that a long flow takes to open.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const held = cellOf<Held<Props>>({});
  let coming: Promise<void> | undefined;
  const fetch = () => {
    coming ??= load().then(
      (Part) => {
        held.set({ Part });
      },
      (fault: unknown) => {
        coming = undefined;
        held.set({ fault });
      },
    );
  };
  function Part(props: Props) {
    const { Part: Arrived, fault } = useSyncExternalStore(held.subscribe, held.get);
    useEffect(() => {
      fetch();
      // What kept the code from coming may be over when the part is to be drawn again.
      return () => {
        if (held.get().fault !== undefined) held.set({});
      };
    }, []);
    if (fault !== undefined) throw fault as Error;
    return Arrived && <Arrived {...props} />;
  }
  return { Part, fetch };
}
