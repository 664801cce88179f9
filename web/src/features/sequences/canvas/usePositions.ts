import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { refusalOf } from "@/api/client";
import { fetchPositions, savePositions } from "@/api/stepPositions";
import { mayRedo, mayUndo, type Changes } from "@/flow/movings";
import type { Positions } from "@/flow/positions";
import { failToast } from "@/ui/toasts";
import type { SheetEditor } from "../sheet/useSheet";
import { PositionsStore, type PositionsServer } from "./positionsStore";

/** Where nodes were put by hand, and one undo for that and the flow. */
export interface Placing {
  /** Whether the server was asked where they are; before, nothing is drawn that would jump. */
  readonly asked: boolean;
  readonly positions: Positions;
  readonly move: (changes: Changes) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly hasPlaces: boolean;
  readonly mayUndo: boolean;
  readonly mayRedo: boolean;
}

/** Open where the nodes of a sequence were put, for as long as its canvas is shown. */
export function usePositions(
  sequence: number,
  { store: flow, saved, history, readOnly }: SheetEditor,
): Placing {
  const { t } = useTranslation("sequences");
  const store = useMemo(() => new PositionsStore(serverOf(sequence)), [sequence]);
  const { asked, refusal, ...state } = useSyncExternalStore(store.subscribe, store.current);
  useEffect(() => connected(store), [store]);
  const { document } = saved;
  useEffect(() => {
    if (!readOnly) store.know(document.steps.map(({ key }) => key));
  }, [store, document, readOnly]);
  useEffect(() => {
    if (refusal !== undefined) failToast(t("positions.refused", { why: refusal }));
  }, [refusal, t]);
  const { last } = history;
  useEffect(() => {
    if (last !== undefined) store.edited();
  }, [store, last]);
  const acts = useMemo(() => actsOf(store, flow), [store, flow]);
  const edits = history.past.length;
  return {
    ...acts,
    asked,
    positions: state.positions,
    hasPlaces: document.steps.some(({ key }) => state.positions.has(key)),
    mayUndo: edits > 0 || mayUndo(state, edits),
    mayRedo: history.future.length > 0 || mayRedo(state, edits),
  };
}

function actsOf(store: PositionsStore, flow: SheetEditor["store"]): Pick<Placing, "move" | "undo" | "redo"> {
  const edits = () => flow.current()?.history.past.length ?? 0;
  return {
    move: (changes) => {
      store.move(changes, edits());
    },
    undo: () => {
      if (!store.undo(edits())) flow.undo();
    },
    redo: () => {
      if (!store.redo(edits())) flow.redo();
    },
  };
}

/** Look when the window is looked at, save when the network is back or the page is left. */
function connected(store: PositionsStore): () => void {
  const refresh = () => void store.refresh().catch(() => undefined);
  const flush = () => void store.flush();
  refresh();
  window.addEventListener("focus", refresh);
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", flush);
  return () => {
    window.removeEventListener("focus", refresh);
    window.removeEventListener("online", flush);
    window.removeEventListener("beforeunload", flush);
    flush();
  };
}

function serverOf(id: number): PositionsServer {
  return {
    load: () => fetchPositions(id),
    save: (changes) => savePositions(id, changes),
    refusalOf: (error) => refusalOf(error)?.detail,
  };
}
