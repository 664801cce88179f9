// Edits that are not saved yet, kept in the browser over a reload: for each person, sequence and tab one, for a month.
import type { FlowDocument } from "@/flow/document";
import { isStep } from "@/flow/stepShape";

/** What was edited and from which state of the working copy; both documents, so that it can be merged. */
export interface Kept {
  readonly revision: number;
  readonly base: FlowDocument;
  readonly document: FlowDocument;
  /** What was on its way to the server, which may have it by now. */
  readonly sent?: FlowDocument | undefined;
}

export interface Keep {
  readonly read: () => Kept | undefined;
  readonly write: (kept: Kept) => void;
  readonly clear: () => void;
}

interface Stored extends Kept {
  readonly format: typeof FORMAT;
  readonly at: number;
}

const FORMAT = 1;
const PREFIX = "drumbeat.edits.";
const MOST_KEPT = 20;
const KEPT_FOR = 30 * 86_400_000;

/**
 * Keep the edits of one person of one sequence in one tab; where the browser keeps nothing, nothing is kept. A tab that has
 * none of its own goes on with what another left behind, the newest first: that is forgotten once it is written here, or
 * saved, unless it was written again meanwhile.
 */
export function keepIn(storage: Storage, person: number, sequence: number, tab = tabOf()): Keep {
  const all = `${PREFIX}${person}.${sequence}.`;
  const name = `${all}${tab}`;
  let taken: Taken | undefined;
  const forgetTaken = () => {
    const left = taken;
    taken = undefined;
    if (left === undefined) return;
    if (dateOf(storage, left.name) === left.at) storage.removeItem(left.name);
  };
  return {
    read: () =>
      plainly(() => {
        const found = [name, ...namesIn(storage, all)].find((each) => readFrom(storage, each) !== undefined);
        if (found === undefined) return undefined;
        taken = found === name ? undefined : { name: found, at: dateOf(storage, found) };
        return readFrom(storage, found);
      }),
    write: (kept) => {
      plainly(() => {
        const stored: Stored = { ...kept, format: FORMAT, at: Date.now() };
        storage.setItem(name, JSON.stringify(stored));
        forgetTaken();
        forgetOld(storage, name);
      });
    },
    clear: () => {
      plainly(() => {
        storage.removeItem(name);
        forgetTaken();
      });
    },
  };
}

interface Taken {
  readonly name: string;
  readonly at: number;
}

const TAB = "drumbeat.tab";

/** Name this tab: the same over a reload, and where the browser opens it again after a crash. */
function tabOf(): string {
  const made = Math.random().toString(36).slice(2);
  return (
    plainly(() => {
      const known = window.sessionStorage.getItem(TAB) ?? made;
      window.sessionStorage.setItem(TAB, known);
      return known;
    }) ?? made
  );
}

/** List the names that begin so, what was written last first. */
function namesIn(storage: Storage, prefix: string): readonly string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "")
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, at: dateOf(storage, name) }))
    .toSorted((one, other) => other.at - one.at)
    .map(({ name }) => name);
}

function dateOf(storage: Storage, name: string): number {
  const { at } = plainly(() => JSON.parse(storage.getItem(name) ?? "{}") as Partial<Stored>) ?? {};
  return typeof at === "number" ? at : 0;
}

/** A browser may refuse its storage, or have none left: then the server's word is all there is. */
function plainly<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function readFrom(storage: Storage, name: string): Kept | undefined {
  const stored = plainly((): unknown => JSON.parse(storage.getItem(name) ?? "null"));
  if (!isStored(stored) || Date.now() - stored.at > KEPT_FOR) return undefined;
  const { revision, base, document, sent } = stored;
  return { revision, base, document, ...(isDocument(sent) && { sent }) };
}

function isStored(value: unknown): value is Stored {
  if (typeof value !== "object" || value === null) return false;
  const { format, at, revision, base, document } = value as Partial<Record<keyof Stored, unknown>>;
  const isDated = format === FORMAT && typeof at === "number" && typeof revision === "number";
  return isDated && isDocument(base) && isDocument(document);
}

function isDocument(value: unknown): value is FlowDocument {
  if (typeof value !== "object" || value === null) return false;
  const { format, start, steps } = value as Partial<Record<keyof FlowDocument, unknown>>;
  const isStart = start === null || typeof start === "string";
  return format === 1 && isStart && Array.isArray(steps) && steps.every(isStep);
}

/** Make room for what was written last. */
function forgetOld(storage: Storage, last: string): void {
  const others = namesIn(storage, PREFIX).filter((name) => name !== last);
  for (const [index, name] of others.entries()) {
    const isOld = Date.now() - dateOf(storage, name) > KEPT_FOR;
    if (isOld || index >= MOST_KEPT - 1) storage.removeItem(name);
  }
}
