// A server that holds one working copy, for tests of the store. Nothing ships it.
import type { FlowDocument } from "@/flow/document";
import { insert } from "@/flow/edits";
import { mail } from "@/flow/testing/steps";
import { START } from "@/flow/ways";
import type { Failure, Loaded } from "./copy";
import type { Keep, Kept } from "./kept";
import { DraftStore } from "./store";

export const EMPTY: FlowDocument = { format: 1, start: null, steps: [] };

export const add = (key: string) => (document: FlowDocument) =>
  insert(document, START, mail(key, null, "0m"));

const LOST: Failure = { kind: "offline" };

/** What a browser keeps of one sequence. */
export function shelf(): Keep & { readonly held: { kept: Kept | undefined } } {
  const held: { kept: Kept | undefined } = { kept: undefined };
  return {
    held,
    read: () => held.kept,
    write: (kept) => {
      held.kept = kept;
    },
    clear: () => {
      held.kept = undefined;
    },
  };
}

/** A server that holds one document and counts its revisions, with the store of one page. */
export function server(document = EMPTY, keep = shelf()) {
  const held = {
    ...{ document, revision: 1, saves: 0 },
    failure: undefined as Failure | undefined,
    /** It takes what it is sent, and its answer never comes. */
    losesAnswers: false,
  };
  const meta = () => ({ revision: held.revision, savedAt: "", changed: true, problems: [] });
  const load = (): Promise<Loaded> =>
    held.failure?.kind === "offline"
      ? Promise.reject(new Error("offline"))
      : Promise.resolve({ ...meta(), document: held.document, savedBy: "Mira" });
  const save = (saved: FlowDocument, revision: number) => {
    held.saves += 1;
    const failure = held.failure ?? (revision === held.revision ? undefined : { kind: "conflict" as const });
    // A value that `failureOf` gives back, as an error would be.
    if (failure !== undefined) return Promise.reject(Object.assign(new Error(failure.kind), { failure }));
    Object.assign(held, { document: saved, revision: revision + 1 });
    if (held.losesAnswers) return Promise.reject(Object.assign(new Error("lost"), { failure: LOST }));
    return Promise.resolve(meta());
  };
  const failureOf = (error: unknown) => (error as { failure: Failure }).failure;
  const open = () => new DraftStore({ load, save, failureOf }, keep);
  /** Somebody else saves. */
  const saved = (next: (document: FlowDocument) => FlowDocument) => {
    Object.assign(held, { document: next(held.document), revision: held.revision + 1 });
  };
  return { held, keep, open, saved, store: open() };
}
