import { useState } from "react";

interface FirstOptions {
  /** Of another filter another row is first. */
  readonly filter: string;
  /** The id of the row that is first now. */
  readonly now: number | undefined;
  readonly loading: boolean;
}

/** Return the row that is open while none is chosen: the first stays it while the list moves, as keys mean what was read. */
export function useFirst({ filter, now, loading }: FirstOptions) {
  const [held, hold] = useState<{ readonly filter: string; readonly id: number }>();
  const isHeld = held?.filter === filter;
  const isEmpty = now === undefined;
  if (isHeld ? isEmpty : !loading && !isEmpty) hold(isEmpty ? undefined : { filter, id: now });
  const letGo = () => {
    hold(undefined);
  };
  return { first: isHeld ? held.id : now, letGo };
}
