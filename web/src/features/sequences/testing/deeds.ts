// A flow that is open in the steps editor and on the canvas at once, and what is done there, by chance. Nothing ships it.
import { act, renderHook } from "@testing-library/react";
import { expect, vi } from "vitest";
import type { FlowDocument } from "@/flow/document";
import { places } from "@/flow/outline";
import { chance, pick, type Random } from "@/flow/testing/chance";
import { lineOf } from "@/flow/testing/steps";
import { linear, START, type Slot } from "@/flow/ways";
import { useDeeds, type Several } from "../canvas/useDeeds";
import type { Offer } from "../editor/offers";
import type { DraftStore } from "../editor/store";
import { server } from "../editor/testing";
import { useActs, type Acts } from "../editor/useActs";

export interface Page {
  readonly store: DraftStore;
  /** What the server holds of it. */
  readonly saved: () => FlowDocument;
  readonly acts: Acts;
  readonly several: Several;
  readonly now: () => FlowDocument;
  readonly canUndo: () => boolean;
}

/** Open a flow as a page does, with the acts of the steps editor and the deeds of the canvas over one store. */
export async function opened(document: FlowDocument): Promise<Page> {
  const { store, held } = server(document);
  await store.refresh();
  const now = () => store.current()?.history.present ?? expect.fail("not open");
  const { result } = renderHook(() => {
    const copy = store.current() ?? expect.fail("not open");
    const editor = { copy, document: now(), store, readOnly: false };
    const acts = useActs({ sequence: 1, editor, chosen: undefined, choose: () => undefined });
    const line = { document: now(), days: new Map(), chosen: undefined, problems: () => [], readOnly: false };
    const silent = { say: () => undefined, onKeys: () => undefined, onAdded: () => undefined };
    return { acts, several: useDeeds({ ...line, ...silent, acts, editor }) };
  });
  const canUndo = () => (store.current()?.history.past.length ?? 0) > 0;
  expect([store.isDirty(), now()]).toEqual([false, document]);
  return { store, saved: () => held.document, ...result.current, now, canUndo };
}

/** One deed, as it is done in the steps editor and on the canvas. */
export interface Deed {
  readonly name: string;
  /** The step that it is done to. */
  readonly about: string;
  readonly inSteps: (acts: Acts) => void;
  readonly onCanvas: (several: Several, acts: Acts) => void;
}

/** Choose something to do with a flow: to one step, where it stands, or at a place between steps. */
export function anyDeed(document: FlowDocument, random: Random, offers: readonly Offer[]): Deed {
  const slot = pick(places(document), random) ?? START;
  const key = pick(document.steps, random)?.key ?? "";
  const offer = pick(offers, random) ?? expect.fail("no offers");
  const name = `name ${String(Math.floor(random() * 1e6))}`;
  const to = Math.floor(random() * document.steps.length);
  const line = linear(document);
  const deeds: readonly Deed[] = [
    {
      name: `add ${offer.label}`,
      about: slot.step ?? "",
      inSteps: (acts) => {
        acts.add(slot, offer);
      },
      onCanvas: (several) => {
        several.put(slot, offer);
      },
    },
    {
      name: `remove ${key}`,
      about: key,
      inSteps: (acts) => {
        acts.remove(key);
      },
      onCanvas: (several) => {
        several.remove([key]);
      },
    },
    {
      name: `duplicate ${key}`,
      about: key,
      inSteps: (acts) => {
        acts.duplicate(key);
      },
      onCanvas: (several) => {
        several.duplicate([key]);
      },
    },
    {
      name: `rename ${key}`,
      about: key,
      inSteps: (acts) => {
        acts.change(key, { name }, `${key}.name`);
      },
      onCanvas: (_, acts) => {
        acts.change(key, { name }, `${key}.name`);
      },
    },
    ...(line === undefined
      ? []
      : [
          {
            name: `move ${key} to ${String(to)}`,
            about: key,
            inSteps: (acts: Acts) => {
              acts.reorder(key, to);
            },
            onCanvas: (several: Several) => {
              several.move([key], placeIn(line, key, to));
            },
          },
        ]),
  ];
  return pick(deeds, random) ?? expect.fail("no deeds");
}

/** Return the place on the edge where a step is put down that shall stand at a place in the line. */
function placeIn(line: readonly string[], key: string, to: number): Slot {
  const before = line.filter((each) => each !== key)[to - 1];
  return before === undefined ? START : { step: before, way: "next" };
}

/** Do it with keys that are drawn from this seed. */
export function keyed(seed: number, deed: () => void) {
  vi.spyOn(Math, "random").mockImplementation(chance(seed));
  act(deed);
}

/** A line of two to six mails. */
export function aLine(random: Random): FlowDocument {
  return lineOf(...["a", "b", "c", "d", "e", "f"].slice(0, 2 + Math.floor(random() * 5)));
}
