import { useTranslation } from "react-i18next";
import type { FlowDocument, Kind, Step } from "@/flow/document";
import * as edits from "@/flow/edits";
import { linear, stepAt, type Slot } from "@/flow/ways";
import { closeToast, undoToast } from "@/ui/toasts";
import { stepTitle } from "../stepWords";
import type { Editor } from "./useDraft";

/** What can be done with the steps; every act is one that can be undone. */
export interface Acts {
  readonly choose: (key: string | undefined) => void;
  readonly add: (slot: Slot, kind: Kind) => void;
  readonly remove: (key: string) => void;
  readonly duplicate: (key: string) => void;
  readonly reorder: (key: string, index: number) => void;
  /** `about` names the field that is typed in, so that typing is undone as one. */
  readonly change: (key: string, fields: Readonly<Record<string, unknown>>, about?: string) => void;
  readonly edit: (next: (document: FlowDocument) => FlowDocument, about?: string) => void;
}

export function useActs(editor: Editor, chosen: string | undefined, choose: Acts["choose"]): Acts {
  const { t } = useTranslation("sequences");
  const { store, document, readOnly } = editor;
  const edit: Acts["edit"] = (next, about) => {
    if (!readOnly) store.edit(next, about);
  };
  const keys = document.steps.map((step) => step.key);
  return {
    choose,
    edit,
    add: (slot, kind) => {
      const key = edits.newKey(kind, keys);
      edit((held) => edits.insert(held, slot, begun(kind, key, slot, held)));
      choose(key);
    },
    remove: (key) => {
      const step = stepAt(document, key);
      if (readOnly || step === undefined) return;
      const slot = edits.slotInto(document, key);
      edit((held) => edits.remove(held, key));
      const left = store.current()?.history.present;
      if (chosen === key) choose(step.next ?? slot?.step ?? undefined);
      const toast = undoToast({
        text: t("line.removed", { step: stepTitle(t, step, document) }),
        undo: () => {
          closeToast(toast);
          if (store.current()?.history.present === left) store.undo();
          else if (slot !== undefined) edit((held) => edits.insert(held, slot, step));
          choose(key);
        },
      });
    },
    duplicate: (key) => {
      const step = stepAt(document, key);
      if (step === undefined) return;
      const copy = edits.newKey(step.kind, keys);
      edit((held) => edits.duplicate(held, key, copy));
      choose(copy);
    },
    reorder: (key, index) => {
      edit((held) => edits.reorder(held, key, index));
    },
    change: (key, fields, about) => {
      edit((held) => edits.change(held, key, fields), about);
    },
  };
}

/** Make a new step as people mostly want it: mails after the first follow up, two days later. */
function begun(kind: Kind, key: string, slot: Slot, document: FlowDocument): Step {
  const delay = slot.step === null ? "0m" : "2d";
  if (kind === "email") {
    const line = linear(document) ?? document.steps.map((step) => step.key);
    const before = line.slice(0, line.indexOf(slot.step ?? "") + 1);
    const follows = before.some((each) => stepAt(document, each)?.kind === "email");
    return edits.newStep(kind, key, {
      delay,
      job_type: follows ? "follow_up_email" : "initial_outreach",
    });
  }
  if (kind === "task") return edits.newStep(kind, key, { delay, when_not_done: "skip", give_up_after: "3d" });
  return edits.newStep(kind, key, { delay: kind === "voice" ? delay : "0m" });
}
