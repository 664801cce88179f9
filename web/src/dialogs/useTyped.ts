import { useMemo, useSyncExternalStore } from "react";
import { useSession } from "@/api/session";
import { changesOfTyped, onTyped, type Typed, typedIn } from "@/ui/typed";

/** What the member at hand has typed in a place and not sent yet. `isValue` is the same function every time. */
export function useTyped<Value>(place: string, isValue: (value: unknown) => value is Value): Typed<Value> {
  useSyncExternalStore(onTyped, changesOfTyped);
  const member = useSession().data?.member_id ?? 0;
  return useMemo(() => typedIn(place, member, isValue), [place, member, isValue]);
}
