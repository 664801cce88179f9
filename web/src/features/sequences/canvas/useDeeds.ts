import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Step } from "@/flow/document";
import * as edits from "@/flow/edits";
import { duplicateAll, moveAll, removeAll } from "@/flow/several";
import { slotToAdd } from "@/flow/slots";
import { stepAt, type Slot } from "@/flow/ways";
import { cellOf } from "@/ui/cell";
import { begun } from "../editor/begun";
import { keyMaker } from "../editor/clips";
import type { LineProps } from "../editor/types";
import type { SheetEditor } from "../sheet/useSheet";
import { stepTitle } from "../stepWords";
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
  const behindChosen = () => slotToAdd(flow(), now().chosen);
  const remove = (keys: readonly string[]) => {
    const { acts, say, t } = now();
    const [only] = keys;
    if (only === undefined) return;
    say(t("canvas.said.removed", { count: keys.length, step: titleOf(stepAt(flow(), only)) }));
    if (keys.length === 1) acts.remove(only);
    else {
      const said = t("canvas.removedSeveral", { count: keys.length });
      acts.drop(only, said, (held) => removeAll(held, keys), keys.length);
    }
  };
  const copy = (keys: readonly string[]) => {
    now().acts.copy(keys);
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
        const made = duplicateAll(flow(), keys, keyMaker(flow()));
        acts.edit(() => made.document);
        onKeys(made.keys);
      }
      say(t("canvas.said.duplicated", { count: keys.length }));
    },
    paste: (slot) => {
      void now()
        .acts.paste(slot)
        .then((keys) => {
          if (keys.length > 0) now().onKeys(keys);
        });
    },
    move: (keys, slot) => {
      const { acts, say, t } = now();
      acts.edit((held) => moveAll(held, keys, slot));
      say(t("canvas.said.moved", { count: keys.length }));
    },
    put: (slot, offer) => {
      const { acts, say, t, onAdded } = now();
      const key = keyMaker(flow())(offer);
      acts.edit((held) => edits.insert(held, slot, begun(t, offer, key, slot, held)));
      acts.choose(key);
      onAdded(key);
      say(t("canvas.said.added", { kind: t(`kind.${offer.label}`) }));
    },
  };
}
