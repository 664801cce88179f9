// The working copy that restoring a version replaced last: kept in this browser, so that it can be had back.
import type { FlowDocument } from "@/flow/document";
import { isStep } from "@/flow/stepShape";

export interface Replaced {
  /** ISO. */
  readonly at: string;
  readonly document: FlowDocument;
}

type Storage_ = Pick<Storage, "getItem" | "setItem">;

const nameOf = (person: number, sequence: number) => `drumbeat.replaced.${person}.${sequence}`;

/** Keep it; false where the browser has no room: then it can be undone, and nothing else. */
export function keepReplaced(
  storage: Storage_,
  person: number,
  sequence: number,
  replaced: Replaced,
): boolean {
  try {
    storage.setItem(nameOf(person, sequence), JSON.stringify(replaced));
    return true;
  } catch {
    return false;
  }
}

/** Return what was kept; undefined for nothing, and for what is no flow. */
export function replacedOf(storage: Storage_, person: number, sequence: number): Replaced | undefined {
  try {
    const found = JSON.parse(storage.getItem(nameOf(person, sequence)) ?? "null") as Partial<Replaced> | null;
    const isWhole =
      typeof found?.at === "string" &&
      Array.isArray(found.document?.steps) &&
      found.document.steps.every(isStep);
    return isWhole ? (found as Replaced) : undefined;
  } catch {
    return undefined;
  }
}
