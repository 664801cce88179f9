import type { TFunction } from "i18next";
import { useLayoutEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowDocument, Step } from "@/flow/document";
import * as edits from "@/flow/edits";
import { reset, revive } from "@/flow/revive";
import { slotInto } from "@/flow/slots";
import { stepAt, type Slot } from "@/flow/ways";
import { cellOf } from "@/ui/cell";
import { closeToast, undoToast } from "@/ui/toasts";
import { stepTitle } from "../stepWords";
import { begun } from "./begun";
import { clipActs, keyMaker, type ClipActs } from "./clips";
import type { Offer } from "./offers";
import type { Editor } from "./useDraft";

/** What can be done with the steps; every act is one that can be undone. */
export interface Acts extends ClipActs {
  readonly choose: (key: string | undefined) => void;
  readonly add: (slot: Slot, offer: Offer) => void;
  readonly remove: (key: string) => void;
  readonly duplicate: (key: string) => void;
  readonly reorder: (key: string, index: number) => void;
  /** Up (-1) or down (1), into and out of branches. */
  readonly moveBy: (key: string, by: number) => void;
  /** `about` names the field that is typed in, so that typing is undone as one. */
  readonly change: (key: string, fields: Readonly<Record<string, unknown>>, about?: string) => void;
  readonly edit: (next: (document: FlowDocument) => FlowDocument, about?: string) => void;
  /**
   * An edit that takes something away: it says what, how many steps went with it, and the way back. `named` is how many
   * steps `said` speaks of itself.
   */
  readonly drop: (
    key: string,
    said: string,
    next: (document: FlowDocument) => FlowDocument,
    named?: number,
  ) => void;
}

interface Now {
  readonly sequence: number;
  readonly editor: Editor;
  readonly chosen: string | undefined;
  readonly choose: Acts["choose"];
  readonly t: TFunction<"sequences">;
}

/** The acts stay the same while the flow changes: what holds them is not drawn anew. */
export function useActs(wanted: Omit<Now, "t">): Acts {
  const { t } = useTranslation("sequences");
  const [latest] = useState(() => cellOf<Now>({ ...wanted, t }));
  useLayoutEffect(() => {
    latest.set({ ...wanted, t });
  });
  return useMemo(() => actsOf(latest.get), [latest]);
}

function actsOf(now: () => Now): Acts {
  const choose: Acts["choose"] = (key) => {
    now().choose(key);
  };
  const edit: Acts["edit"] = (next, about) => {
    const { store, readOnly } = now().editor;
    if (!readOnly) store.edit(next, about);
  };
  const present = () => {
    const { store, document } = now().editor;
    return store.current()?.history.present ?? document;
  };
  return {
    choose,
    edit,
    ...takings(now, edit, present),
    ...clipActs({ now, edit, present }),
    add: (slot, offer) => {
      const key = edits.newKey(offer.kind, keysOf(present()));
      edit((held) => edits.insert(held, slot, begun(now().t, offer, key, slot, held)));
      choose(key);
    },
    duplicate: (key) => {
      const before = new Set(keysOf(present()));
      edit((held) => edits.duplicate(held, key, keyMaker(present())));
      const copy = keysOf(present()).find((each) => !before.has(each));
      if (copy !== undefined) choose(copy);
    },
    reorder: (key, index) => {
      edit((held) => edits.reorder(held, key, index));
    },
    moveBy: (key, by) => {
      edit((held) => edits.moveBy(held, key, by));
    },
    change: (key, fields, about) => {
      edit((held) => edits.change(held, key, fields), about);
    },
  };
}

/** What takes something away: each says so, and offers the way back. */
function takings(
  now: () => Now,
  edit: Acts["edit"],
  present: () => FlowDocument,
): Pick<Acts, "remove" | "drop"> {
  const tell = (text: string, undo: () => void) => {
    const left = present();
    const toast = undoToast({
      text,
      undo: () => {
        closeToast(toast);
        if (present() === left) now().editor.store.undo();
        else undo();
      },
    });
  };
  const withCount = (said: string, count: number) =>
    count > 0 ? `${said} ${now().t("line.andSteps", { count })}` : said;
  return {
    remove: (key) => {
      const { editor, chosen, choose, t } = now();
      const document = present();
      const step = stepAt(document, key);
      if (editor.readOnly || step === undefined) return;
      edit((held) => edits.remove(held, key));
      if (chosen === key) choose(neighbour(document, present(), step));
      const lost = lostFrom(document, present());
      const said = t("line.removed", { step: stepTitle(t, step, document) });
      tell(withCount(said, lost.length - 1), () => {
        edit((held) => revive(held, document, key, lost));
        now().choose(key);
      });
    },
    drop: (key, said, next, named = 0) => {
      if (now().editor.readOnly) return;
      const document = present();
      edit(next);
      const lost = lostFrom(document, present());
      tell(withCount(said, lost.length - named), () => {
        edit((held) => reset(held, document, key, lost));
      });
    },
  };
}

function keysOf({ steps }: FlowDocument): readonly string[] {
  return steps.map(({ key }) => key);
}

function lostFrom(before: FlowDocument, after: FlowDocument): readonly Step[] {
  const left = new Set(keysOf(after));
  return before.steps.filter(({ key }) => !left.has(key));
}

/** Return the step to look at once this one is gone: what followed, else what led to it. */
function neighbour(before: FlowDocument, after: FlowDocument, step: Step): string | undefined {
  const followed = stepAt(after, step.next)?.key;
  return followed ?? slotInto(before, step.key)?.step ?? undefined;
}
