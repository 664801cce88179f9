import { useTranslation } from "react-i18next";
import type { FlowDocument, Kind, Step } from "@/flow/document";
import * as edits from "@/flow/edits";
import { reset, revive } from "@/flow/revive";
import { slotInto } from "@/flow/slots";
import { stepAt, type Slot } from "@/flow/ways";
import { closeToast, undoToast } from "@/ui/toasts";
import { stepTitle } from "../stepWords";
import { begun } from "./begun";
import type { Editor } from "./useDraft";

/** What can be done with the steps; every act is one that can be undone. */
export interface Acts {
  readonly choose: (key: string | undefined) => void;
  readonly add: (slot: Slot, kind: Kind) => void;
  readonly remove: (key: string) => void;
  readonly duplicate: (key: string) => void;
  readonly reorder: (key: string, index: number) => void;
  /** Up (-1) or down (1), into and out of branches. */
  readonly moveBy: (key: string, by: number) => void;
  /** `about` names the field that is typed in, so that typing is undone as one. */
  readonly change: (key: string, fields: Readonly<Record<string, unknown>>, about?: string) => void;
  readonly edit: (next: (document: FlowDocument) => FlowDocument, about?: string) => void;
  /** An edit that takes something away: it says what, how many steps went with it, and the way back. */
  readonly drop: (key: string, said: string, next: (document: FlowDocument) => FlowDocument) => void;
}

export function useActs(editor: Editor, chosen: string | undefined, choose: Acts["choose"]): Acts {
  const { t } = useTranslation("sequences");
  const { store, document, readOnly } = editor;
  const edit: Acts["edit"] = (next, about) => {
    if (!readOnly) store.edit(next, about);
  };
  const keys = document.steps.map((step) => step.key);
  const present = () => store.current()?.history.present;
  const tell = (text: string, undo: () => void) => {
    const left = present();
    const toast = undoToast({
      text,
      undo: () => {
        closeToast(toast);
        if (present() === left) store.undo();
        else undo();
      },
    });
  };
  return {
    choose,
    edit,
    add: (slot, kind) => {
      const key = edits.newKey(kind, keys);
      edit((held) => edits.insert(held, slot, begun(t, kind, key, slot, held)));
      choose(key);
    },
    remove: (key) => {
      const step = stepAt(document, key);
      if (readOnly || step === undefined) return;
      edit((held) => edits.remove(held, key));
      if (chosen === key) choose(neighbour(document, present() ?? document, step));
      const lost = lostNow();
      const said = t("line.removed", { step: stepTitle(t, step, document) });
      tell(withCount(said, lost.length - 1), () => {
        edit((held) => revive(held, document, key, lost));
        choose(key);
      });
    },
    drop: (key, said, next) => {
      if (readOnly) return;
      edit(next);
      const lost = lostNow();
      tell(withCount(said, lost.length), () => {
        edit((held) => reset(held, document, key, lost));
      });
    },
    duplicate: (key) => {
      const taken = [...keys];
      const keyFor = ({ kind }: Step) => {
        const made = edits.newKey(kind, taken);
        taken.push(made);
        return made;
      };
      edit((held) => edits.duplicate(held, key, keyFor));
      const copy = taken[keys.length];
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

  function lostNow(): readonly Step[] {
    const left = new Set((present() ?? document).steps.map((step) => step.key));
    return document.steps.filter((step) => !left.has(step.key));
  }

  function withCount(said: string, count: number): string {
    return count > 0 ? `${said} ${t("line.andSteps", { count })}` : said;
  }
}

/** Return the step to look at once this one is gone: what followed, else what led to it. */
function neighbour(before: FlowDocument, after: FlowDocument, step: Step): string | undefined {
  const followed = stepAt(after, step.next)?.key;
  return followed ?? slotInto(before, step.key)?.step ?? undefined;
}
