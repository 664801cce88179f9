// Who needs the width of the page asks for a rail of icons alone, for as long as it is shown.
import { useLayoutEffect } from "react";
import { cellOf, useIs } from "./cell";

const asking = cellOf(0);

export function useSlimRail(isAsked: boolean): void {
  useLayoutEffect(() => {
    if (!isAsked) return undefined;
    asking.set(asking.get() + 1);
    return () => {
      asking.set(asking.get() - 1);
    };
  }, [isAsked]);
}

export function useIsRailSlim(): boolean {
  return !useIs(asking, 0);
}
