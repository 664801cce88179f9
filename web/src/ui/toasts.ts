// What is said about one's own act, for a few seconds. The frame draws it.
import { createRegistry } from "./registry";

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: "done" | "failed";
  readonly undo?: (() => unknown) | undefined;
  /** It can be undone until this moment, in milliseconds: the toast counts down to it. Left out: as long as it stands. */
  readonly until?: number | undefined;
  /** What undoes it besides a click. Left out: z. */
  readonly undoKey?: string | undefined;
}

type Undoable = Pick<Toast, "text" | "undo" | "until" | "undoKey">;

export const toasts = createRegistry<Toast>();

const MOST_FAILED = 3;
const removals = new Map<number, () => void>();
let last = 0;

function show(toast: Omit<Toast, "id">): number {
  last += 1;
  // One at a time: what was done before is not worth a pile. What failed stays to be read, once.
  const failed = toasts.entries().filter(({ tone, text }) => tone === "failed" && text !== toast.text);
  const kept = new Set(failed.slice(1 - MOST_FAILED).map(({ id }) => id));
  for (const id of [...removals.keys()]) if (!kept.has(id)) closeToast(id);
  removals.set(last, toasts.add({ id: last, ...toast }));
  return last;
}

/** Say that it is done, and how to take it back. Returns what `closeToast` wants. */
export function undoToast(done: Undoable): number {
  return show({ tone: "done", ...done });
}

/** Say that one's own act failed: what happened, why, what to do. */
export function failToast(text: string): number {
  return show({ text, tone: "failed" });
}

export function closeToast(id: number): void {
  removals.get(id)?.();
  removals.delete(id);
}
