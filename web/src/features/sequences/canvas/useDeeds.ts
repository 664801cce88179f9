import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Kind, Step } from "@/flow/document";
import * as edits from "@/flow/edits";
import { clipText, copied, parseClip, pasted } from "@/flow/clipboard";
import { duplicateAll, moveAll, removeAll } from "@/flow/several";
import { stepAt, START, type Slot } from "@/flow/ways";
import { cellOf } from "@/ui/cell";
import { begun } from "../editor/begun";
import type { LineProps } from "../editor/types";
import type { SheetEditor } from "../sheet/useSheet";
import { stepTitle } from "../stepWords";
import { slotBehind } from "./places";
import type { Offer } from "../editor/offers";

export interface Several {
  readonly remove: (keys: readonly string[]) => void;
  readonly duplicate: (keys: readonly string[]) => void;
  readonly copy: (keys: readonly string[]) => void;
  readonly cut: (keys: readonly string[]) => void;
  readonly paste: (slot: Slot | undefined) => void;
  readonly move: (keys: readonly string[], slot: Slot) => void;
  readonly put: (slot: Slot, offer: Offer) => void;
  readonly behindChosen: () => Slot | undefined;
}

interface Wanted extends LineProps {
  readonly sequence: number;
  readonly editor: Pick<SheetEditor, "store">;
  readonly say: (words: string) => void;
  readonly onKeys: (keys: readonly string[]) => void;
  /** A step was put in: the next key is meant for it. */
  readonly onAdded: (key: string) => void;
}

/** What can be done on the canvas, to one step or to several; each says what it did. Its identity never changes. */
export function useDeeds(props: Wanted): Several {
  const { t } = useTranslation("sequences");
  const [latest] = useState(() => cellOf({ ...props, t }));
  useEffect(() => {
    latest.set({ ...props, t });
  });
  return useMemo(() => deedsOf(latest.get), [latest]);
}

type T = ReturnType<typeof useTranslation<"sequences">>["t"];

function deedsOf(now: () => Wanted & { readonly t: T }): Several {
  // The canvas may be drawn a moment after what was typed: what is done is done to the flow as it is.
  const flow = () => now().editor.store.current()?.history.present ?? now().document;
  const titleOf = (step: Step | undefined) => (step ? stepTitle(now().t, step, flow()) : "");
  const keysOf = () => flow().steps.map(({ key }) => key);
  const keyMaker = () => {
    const taken = [...keysOf()];
    return ({ kind }: { readonly kind: Kind }) => {
      const key = edits.newKey(kind, taken);
      taken.push(key);
      return key;
    };
  };
  const behindChosen = () => {
    const { chosen } = now();
    const document = flow();
    const step = stepAt(document, chosen ?? null) ?? lastOf(document);
    return step === undefined ? START : slotBehind(step);
  };
  const remove = (keys: readonly string[]) => {
    const { acts, say, t } = now();
    const [only] = keys;
    if (only === undefined) return;
    say(t("canvas.said.removed", { count: keys.length, step: titleOf(stepAt(flow(), only)) }));
    if (keys.length === 1) acts.remove(only);
    else acts.drop(only, t("canvas.removedSeveral", { count: keys.length }), (held) => removeAll(held, keys));
  };
  const copy = (keys: readonly string[]) => {
    const { sequence, say, t } = now();
    if (keys.length === 0) return;
    void keepClip(clipText(copied(flow(), keys, String(sequence))));
    say(t("canvas.said.copied", { count: keys.length }));
  };
  return {
    remove,
    copy,
    behindChosen,
    cut: (keys) => {
      copy(keys);
      remove(keys);
    },
    duplicate: (keys) => {
      const { acts, say, t, onKeys } = now();
      const [only] = keys;
      if (only === undefined) return;
      if (keys.length === 1) acts.duplicate(only);
      else {
        const made = duplicateAll(flow(), keys, keyMaker());
        acts.edit(() => made.document);
        onKeys(made.keys);
      }
      say(t("canvas.said.duplicated", { count: keys.length }));
    },
    paste: (slot) => {
      void heldClip().then((text) => {
        const { acts, sequence, say, t, onKeys } = now();
        const clip = parseClip(text);
        if (clip === undefined || slot === undefined) {
          say(t("canvas.said.noClip"));
          return;
        }
        const made = pasted(flow(), slot, clip, keyMaker(), String(sequence));
        acts.edit(() => made.document);
        onKeys(made.keys);
        say(t("canvas.said.pasted", { count: made.keys.length }));
      });
    },
    move: (keys, slot) => {
      const { acts, say, t } = now();
      acts.edit((held) => moveAll(held, keys, slot));
      say(t("canvas.said.moved", { count: keys.length }));
    },
    put: (slot, offer) => {
      const { acts, say, t, onAdded } = now();
      const key = keyMaker()(offer);
      acts.edit((held) => edits.insert(held, slot, begun(t, offer, key, slot, held)));
      acts.choose(key);
      onAdded(key);
      say(t("canvas.said.added", { kind: t(`kind.${offer.label}`) }));
    },
  };
}

function lastOf({ steps }: { readonly steps: readonly Step[] }): Step | undefined {
  return steps.findLast((step) => slotBehind(step) !== undefined);
}

// The browser's clipboard carries steps to other sequences and windows; where it is closed to us, the page keeps them.
let here = "";

async function keepClip(text: string): Promise<void> {
  here = text;
  await navigator.clipboard.writeText(text).catch(() => undefined);
}

async function heldClip(): Promise<string> {
  try {
    const text = await navigator.clipboard.readText();
    return parseClip(text) === undefined ? here : text;
  } catch {
    return here;
  }
}
