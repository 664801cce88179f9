// Edits that are not saved yet, kept in the browser over a reload: for each person and sequence one, for a month.
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

/** Keep the edits of one person of one sequence; where the browser keeps nothing, nothing is kept. */
export function keepIn(storage: Storage, person: number, sequence: number): Keep {
  const name = `${PREFIX}${person}.${sequence}`;
  return {
    read: () => plainly(() => readFrom(storage, name)),
    write: (kept) => {
      plainly(() => {
        const stored: Stored = { ...kept, format: FORMAT, at: Date.now() };
        storage.setItem(name, JSON.stringify(stored));
        forgetOld(storage, name);
      });
    },
    clear: () => {
      plainly(() => {
        storage.removeItem(name);
      });
    },
  };
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
  const stored: unknown = JSON.parse(storage.getItem(name) ?? "null");
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
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  const dated = names
    .filter((name) => name.startsWith(PREFIX) && name !== last)
    .map((name) => ({ name, at: (JSON.parse(storage.getItem(name) ?? "{}") as Partial<Stored>).at ?? 0 }))
    .toSorted((one, other) => other.at - one.at);
  for (const { name } of dated.filter(
    ({ at }, index) => index >= MOST_KEPT - 1 || Date.now() - at > KEPT_FOR,
  )) {
    storage.removeItem(name);
  }
}
