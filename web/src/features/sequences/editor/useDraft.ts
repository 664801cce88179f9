import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { refusalOf } from "@/api/client";
import { fetchDraft, saveDraft, type Draft } from "@/api/sequenceContent";
import { useSession } from "@/api/session";
import type { FlowDocument } from "@/flow/document";
import type { Copy, Failure, Loaded, Server } from "./copy";
import { keepIn, type Keep } from "./kept";
import { DraftStore } from "./store";

export interface Editor {
  readonly copy: Copy;
  readonly document: FlowDocument;
  readonly store: DraftStore;
  readonly readOnly: boolean;
}

const CONFLICT = 409;

/** Open the working copy of a sequence and keep it while its page is shown; undefined until it is there. */
export function useDraft(id: number, readOnly: boolean): Editor | undefined {
  const person = useSession().data?.member_id;
  const open = () => new DraftStore(serverOf(id), readOnly ? undefined : keepOf(person, id));
  const [store, setStore] = useState(open);
  const [of, setOf] = useState({ id, readOnly });
  // Once it may be edited, what was kept comes back, and what is edited is kept; from there on the store stays.
  if (of.id !== id || (of.readOnly && !readOnly)) {
    setOf({ id, readOnly });
    setStore(open());
  }
  useEffect(() => connected(store), [store]);
  const copy = useSyncExternalStore(store.subscribe, store.current);
  return useMemo(
    () => (copy === undefined ? undefined : { copy, document: copy.history.present, store, readOnly }),
    [copy, store, readOnly],
  );
}

/** Let a store follow the window: look when it is looked at, save when the network is back or the page is left. */
function connected(store: DraftStore): () => void {
  const refresh = () => void store.refresh().catch(() => undefined);
  const flush = () => void store.flush();
  const leave = (event: BeforeUnloadEvent) => {
    if (!store.isDirty()) return;
    flush();
    if (!store.isKept()) event.preventDefault();
  };
  refresh();
  window.addEventListener("focus", refresh);
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", leave);
  return () => {
    window.removeEventListener("focus", refresh);
    window.removeEventListener("online", flush);
    window.removeEventListener("beforeunload", leave);
    flush();
  };
}

function keepOf(person: number | undefined, id: number): Keep | undefined {
  return person === undefined ? undefined : keepIn(window.localStorage, person, id);
}

function serverOf(id: number): Server {
  return {
    load: async () => loaded(await fetchDraft(id)),
    save: async (document, revision) => {
      const saved = await saveDraft(id, { ...document }, revision);
      return {
        revision: saved.revision,
        savedAt: saved.saved_at,
        changed: saved.changed,
        problems: saved.problems,
      };
    },
    failureOf,
  };
}

export function loaded(draft: Draft): Loaded {
  return {
    document: draft.document as unknown as FlowDocument,
    revision: draft.revision,
    savedAt: draft.saved_at,
    savedBy: draft.saved_by?.name,
    changed: draft.changed,
    problems: draft.problems,
  };
}

function failureOf(error: unknown): Failure {
  const refusal = refusalOf(error);
  if (refusal === undefined) return { kind: "offline" };
  return refusal.status === CONFLICT ? { kind: "conflict" } : { kind: "refused", why: refusal.detail };
}
