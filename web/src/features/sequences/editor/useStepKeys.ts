import { useTranslation } from "react-i18next";
import { inOrder } from "@/flow/outline";
import { slotToAdd } from "@/flow/slots";
import { isTextMarked, type KeyAct, useKeys } from "@/ui/keys";
import { openInspector } from "./openInspector";
import type { Acts } from "./useActs";
import { useAltArrows } from "./useAltArrows";
import type { Editor } from "./useDraft";

/** The keys of the editor: walk, open, add after, remove, move, undo. */
export function useStepKeys(
  { document, store, readOnly }: Editor,
  chosen: string | undefined,
  acts: Acts,
  say: (words: string) => void,
): void {
  const { t } = useTranslation("sequences");
  const order = inOrder(document);
  // What has the focus counts: choosing writes the address, which takes a moment.
  const key = () => focused() ?? chosen;
  const walk = (by: number) => () => {
    const at = order.indexOf(key() ?? "");
    const next = order[Math.max(0, Math.min(order.length - 1, at + by))];
    if (next === undefined) return;
    acts.choose(next);
    window.document.querySelector<HTMLElement>(`[data-step="${next}"]`)?.focus();
  };
  useKeys(t("tabs.steps"), [
    { keys: "j", label: t("keys.nextStep"), act: walk(1), repeats: true },
    { keys: "k", label: t("keys.stepBefore"), act: walk(-1), repeats: true },
    { keys: "ArrowDown", label: "", act: walk(1), repeats: true },
    { keys: "ArrowUp", label: "", act: walk(-1), repeats: true },
    {
      keys: "Enter",
      label: t("keys.open"),
      act: () => {
        openInspector();
      },
    },
    { keys: "Escape", label: t("keys.close"), act: close },
    { keys: "mod+c", label: t("canvas.keys.copy"), act: copy, unless: isTextMarked },
    ...(readOnly ? [] : editing()),
  ]);
  useAltArrows((by) => {
    moved(by)();
  });

  function moved(by: number) {
    return () => {
      const step = key();
      if (step === undefined || readOnly) return;
      acts.moveBy(step, by);
      say(t("canvas.said.moved", { count: 1 }));
      refocus(step);
    };
  }

  function editing(): KeyAct[] {
    return [
      { keys: "+", label: t("line.add"), act: openPicker },
      {
        keys: "Delete",
        label: t("keys.remove"),
        act: drop,
      },
      { keys: "Backspace", label: "", act: drop },
      { keys: "d", label: t("keys.duplicate"), act: duplicate },
      { keys: "mod+x", label: t("canvas.keys.cut"), act: cut, unless: isTextMarked },
      { keys: "mod+v", label: t("canvas.keys.paste"), act: paste },
      { keys: "Alt+ArrowUp", label: t("walking.up"), act: moved(-1) },
      { keys: "Alt+ArrowDown", label: t("walking.down"), act: moved(1) },
      {
        keys: "mod+z",
        label: t("undo"),
        repeats: true,
        act: () => {
          store.undo();
        },
      },
      {
        keys: "mod+shift+z",
        label: t("redo"),
        repeats: true,
        act: () => {
          store.redo();
        },
      },
    ];
  }

  function drop() {
    const dropped = key();
    if (dropped !== undefined) acts.remove(dropped);
  }

  function duplicate() {
    const duplicated = key();
    if (duplicated !== undefined) acts.duplicate(duplicated);
  }

  function copy() {
    const copied = key();
    if (copied !== undefined) acts.copy([copied]);
  }

  function cut() {
    copy();
    drop();
  }

  function paste() {
    void acts.paste(slotToAdd(document, key())).then(([first]) => {
      if (first !== undefined) acts.choose(first);
    });
  }

  function close() {
    // A menu that is open takes Escape for itself.
    if (window.document.querySelector("[role=menu], [role=listbox]") !== null) return;
    acts.choose(undefined);
  }
}

function focused(): string | undefined {
  return window.document.activeElement?.closest<HTMLElement>("[data-step]")?.dataset.step;
}

/** Keep the focus on a step that moves: its card is drawn anew at another place. */
function refocus(key: string): void {
  setTimeout(() => {
    window.document.querySelector<HTMLElement>(`[data-step="${key}"]`)?.focus();
  }, 0);
}

function openPicker(): void {
  const buttons = [...window.document.querySelectorAll<HTMLElement>("[data-add]")];
  (buttons.find((button) => "here" in button.dataset) ?? buttons.at(-1))?.click();
}
