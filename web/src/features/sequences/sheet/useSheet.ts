// What the canvas and the inspector beside it get, and when: what the hand is at is drawn at once, the other follows
// as soon as there is time. Nothing is drawn anew because something is being saved.
import { useDeferredValue, useMemo } from "react";
import type { Sequence } from "@/api/sequences";
import type { Step } from "@/flow/document";
import type { Copy } from "../editor/copy";
import type { LineProps } from "../editor/types";
import type { Editor } from "../editor/useDraft";

/** The editor without what saving changes. */
export interface SheetEditor extends Pick<Editor, "store" | "readOnly"> {
  readonly history: Copy["history"];
  readonly saved: Copy["saved"];
}

/** A step and all that its fields need. */
export interface Shown extends LineProps {
  readonly sequence: Sequence;
  readonly step: Step;
}

/** Return what the canvas draws: a moment later than what is typed in the fields of the chosen step. */
export function useSheet<Rest extends object>(
  { store, readOnly, copy }: Editor,
  shared: LineProps,
  rest: Rest,
): LineProps & Rest & { readonly editor: SheetEditor } {
  const { history, saved } = copy;
  const editor = useMemo(() => ({ store, readOnly, history, saved }), [store, readOnly, history, saved]);
  const now = useMemo(() => ({ ...shared, ...rest, editor }), [shared, rest, editor]);
  const later = useDeferredValue(now);
  return isTyped(history.last?.about, shared.chosen) ? later : now;
}

/** Tell whether the last edit was made in the fields of a step: they begin what it is about with its key. */
function isTyped(about: string | undefined, step: string | undefined): boolean {
  return step !== undefined && about?.startsWith(`${step}.`) === true;
}

/**
 * Return the step whose fields are shown: a moment later than what is done on the canvas. `isNamed` says whether the
 * address names one; where it is gone, the fields stay until the next is chosen.
 */
export function useShown(now: Shown | undefined, isNamed: boolean): Shown | undefined {
  const later = useDeferredValue(now);
  if (now === undefined) return isNamed ? later : undefined;
  return later !== undefined && isWritten(now.step, later.step) ? now : later;
}

/** Tell whether something that stands in the fields changed: where the step leads on to is changed on the canvas. */
function isWritten(now: Step, before: Step): boolean {
  if (now.key !== before.key) return false;
  const fields = new Set([...Object.keys(now), ...Object.keys(before)]) as Set<keyof Step>;
  fields.delete("next");
  return [...fields].some((name) => !Object.is(now[name], before[name]));
}
