import { useLayoutEffect, useMemo, useState } from "react";
import { cellOf } from "./cell";

type Acts = Readonly<Record<string, (...given: never[]) => void>>;

/**
 * Return acts that never change their identity and do what the latest ones do: what is drawn with them is not drawn anew
 * because something else was. Their names stay those of the first time.
 */
export function useSteady<Given extends Acts>(acts: Given): Given {
  const [latest] = useState(() => cellOf(acts));
  useLayoutEffect(() => {
    latest.set(acts);
  });
  return useMemo(() => {
    const steady = (name: keyof Given) =>
      [
        name,
        (...given: never[]) => {
          latest.get()[name]?.(...given);
        },
      ] as const;
    return Object.fromEntries(Object.keys(latest.get()).map(steady)) as unknown as Given;
  }, [latest]);
}
