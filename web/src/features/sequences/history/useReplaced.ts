import { useMemo } from "react";
import { useSession } from "@/api/session";
import type { FlowDocument } from "@/flow/document";
import { keepReplaced, replacedOf, type Replaced } from "./replaced";

/** The working copy that was replaced last, by this person in this browser; `present` is the one of now. */
export function useReplaced(sequence: number, present: FlowDocument | undefined) {
  const person = useSession().data?.member_id ?? 0;
  // Restoring changes the present one and keeps the one before it.
  const replaced = useMemo<Replaced | undefined>(
    () => (present === undefined ? undefined : replacedOf(window.localStorage, person, sequence)),
    [present, person, sequence],
  );
  const keep = (document: FlowDocument) =>
    keepReplaced(window.localStorage, person, sequence, { at: new Date().toISOString(), document });
  return { replaced, keep };
}
