// Undo and redo: a list of documents with a place in it, as long as the session. Quick edits of one thing become
// one entry. Documents share the steps that an edit leaves alone, so thousands of them are small.

export interface History<Document> {
  readonly past: readonly Document[];
  readonly present: Document;
  readonly future: readonly Document[];
  /** What the last edit was about, and when (milliseconds), so that typing is undone as one. */
  readonly last: { readonly about: string; readonly at: number } | undefined;
}

const TYPING_PAUSE = 1_000;

export function began<Document>(present: Document): History<Document> {
  return { past: [], present, future: [], last: undefined };
}

/** Add a document. Edits about the same thing within a second of each other are one entry; "" is never. */
export function edited<Document>(
  history: History<Document>,
  present: Document,
  about: string,
  at: number,
): History<Document> {
  if (present === history.present) return history;
  const goesOn = about !== "" && history.last?.about === about && at - history.last.at < TYPING_PAUSE;
  const past = goesOn ? history.past : [...history.past, history.present];
  return { past, present, future: [], last: { about, at } };
}

export function undone<Document>(history: History<Document>): History<Document> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: before,
    future: [history.present, ...history.future],
    last: undefined,
  };
}

export function redone<Document>(history: History<Document>): History<Document> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, last: undefined };
}
