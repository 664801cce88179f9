// Files on their way to the server. They go on while something else is open, and reach the letter that they go along with.
import { type Attachment, upload } from "@/api/attachments";
import { askBeforeLeaving } from "@/ui/leaving";

export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  /** How much of it is there, 0 to 1. */
  readonly share: number;
}

/** What is on its way for one letter, and why files were not taken, one sentence each. */
export interface Under {
  readonly uploads: readonly Upload[];
  readonly faults: readonly string[];
}

const NOTHING: Under = { uploads: [], faults: [] };
const letters = new Map<string, Under>();
const running = new Map<number, AbortController>();
const listeners = new Set<() => void>();
let keys = 0;

export function underOf(letter: string): Under {
  return letters.get(letter) ?? NOTHING;
}

/** Hear of every change; for `useSyncExternalStore`. */
export function onUploads(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function begin(
  letter: string,
  file: File,
  onKept: (kept: Attachment) => void,
  said: (error: unknown) => string,
): void {
  keys += 1;
  const key = keys;
  const stop = new AbortController();
  running.set(key, stop);
  change(letter, ({ uploads, ...rest }) => ({
    ...rest,
    uploads: [...uploads, { key, name: file.name, size: file.size, share: 0 }],
  }));
  const onShare = (share: number) => {
    change(letter, ({ uploads, ...rest }) => ({
      ...rest,
      uploads: uploads.map((one) => (one.key === key ? { ...one, share } : one)),
    }));
  };
  upload(file, onShare, stop.signal).then(
    (kept) => {
      settle(letter, key);
      onKept(kept);
    },
    (error: unknown) => {
      settle(letter, key);
      sayFaults(letter, [...underOf(letter).faults, said(error)]);
    },
  );
}

export function giveUp(letter: string, key: number): void {
  running.get(key)?.abort();
  settle(letter, key);
}

export function sayFaults(letter: string, faults: readonly string[]): void {
  change(letter, (now) => ({ ...now, faults }));
}

function settle(letter: string, key: number): void {
  running.delete(key);
  change(letter, ({ uploads, ...rest }) => ({ ...rest, uploads: uploads.filter((one) => one.key !== key) }));
}

function change(letter: string, to: (now: Under) => Under): void {
  const next = to(underOf(letter));
  if (next.uploads.length + next.faults.length === 0) letters.delete(letter);
  else letters.set(letter, next);
  askBeforeLeaving("uploads", running.size > 0);
  for (const listener of listeners) listener();
}
