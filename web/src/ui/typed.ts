// What is typed and not sent yet outlives its room and a reload: kept for as long as this tab of the browser is open.
import { askBeforeLeaving } from "./leaving";

/** What is typed in one place of one member, by the id of what it is about. */
export interface Typed<Value> {
  readonly of: (id: number) => Value | undefined;
  readonly put: (id: number, value: Value) => void;
  readonly drop: (id: number) => void;
}

const PREFIX = "drumbeat.typed.";

/** What the browser did not take: it holds while the page is open, and leaving the page is asked about. */
const unkept = new Map<string, string>();
const listeners = new Set<() => void>();
const read = new Map<string, { readonly text: string; readonly value: unknown }>();
let changes = 0;

/** Return what is typed in a place. What stands there in another shape, as of an older program, counts as nothing. */
export function typedIn<Value>(
  place: string,
  member: number,
  isValue: (value: unknown) => value is Value,
): Typed<Value> {
  const nameOf = (id: number) => `${PREFIX}${place}.${String(member)}.${String(id)}`;
  return {
    of: (id) => {
      const value = valueOf(nameOf(id));
      return isValue(value) ? value : undefined;
    },
    put: (id, value) => {
      keep(nameOf(id), JSON.stringify(value));
    },
    drop: (id) => {
      keep(nameOf(id), undefined);
    },
  };
}

/** Hear of every change; for `useSyncExternalStore`. */
export function onTyped(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function changesOfTyped(): number {
  return changes;
}

function keep(name: string, text: string | undefined): void {
  unkept.delete(name);
  try {
    if (text === undefined) window.sessionStorage.removeItem(name);
    else window.sessionStorage.setItem(name, text);
  } catch {
    if (text !== undefined) unkept.set(name, text);
  }
  askBeforeLeaving("typed", unkept.size > 0);
  changes += 1;
  for (const listener of listeners) listener();
}

/** The same object for the same text, so that nothing is drawn anew for want of a change. */
function valueOf(name: string): unknown {
  const text = unkept.get(name) ?? stored(name);
  if (text === null) return undefined;
  const before = read.get(name);
  if (before?.text === text) return before.value;
  const value = parsed(text);
  read.set(name, { text, value });
  return value;
}

function stored(name: string): string | null {
  try {
    return window.sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
