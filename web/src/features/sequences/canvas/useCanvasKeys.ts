import { useTranslation } from "react-i18next";
import { isTextMarked, useKeys, type KeyAct } from "@/ui/keys";
import type { SheetEditor } from "../sheet/useSheet";
import { openInspector } from "../editor/openInspector";
import { neighbour } from "./places";
import type { Several } from "./useDeeds";
import type { Drawn } from "./useDrawn";
import type { Placing } from "./usePositions";

interface Wanted {
  readonly editor: Pick<SheetEditor, "readOnly">;
  readonly drawn: Drawn;
  readonly chosen: string | undefined;
  readonly deeds: Several;
  /** What is picked: several steps, or the chosen one. */
  readonly picked: () => readonly string[];
  readonly pickAll: () => void;
  /** Pick a step along with those that are, or let it go. */
  readonly pickAlso: (key: string) => void;
  /** Up (-1) or down (1), into and out of branches. */
  readonly moveBy: (key: string, by: number) => void;
  readonly goTo: (key: string) => void;
  readonly showAll: () => void;
  readonly placing: Placing;
  readonly layOut: () => void;
  /** Without a step: at the end. */
  readonly addAfter: (key: string | undefined) => void;
  readonly close: () => void;
}

/** The keys of the canvas: walk along the ways, open, add, remove, copy, undo. */
export function useCanvasKeys(wanted: Wanted): void {
  const { t } = useTranslation("sequences");
  const { drawn, chosen, deeds, picked, goTo, editor } = wanted;
  const here = () => focused() ?? chosen ?? "";
  const walk = (arrow: string): KeyAct["act"] => {
    return () => {
      if (hasMenu()) return;
      const to = neighbour(drawn.graph, drawn.layout, here(), arrow);
      if (to !== undefined) goTo(to);
    };
  };
  const mayEdit = (acts: readonly KeyAct[]) => (editor.readOnly ? [] : acts);
  const several = (act: (keys: readonly string[]) => void) => () => {
    act(picked().length > 0 ? picked() : [here()].filter((key) => key !== ""));
  };
  const move = (by: number) => () => {
    if (!editor.readOnly && here() !== "") wanted.moveBy(here(), by);
  };
  useKeys(t("canvas.title"), [
    { keys: "ArrowDown", label: t("canvas.keys.walk"), act: walk("ArrowDown"), repeats: true },
    { keys: "ArrowUp", label: "", act: walk("ArrowUp"), repeats: true },
    { keys: "ArrowLeft", label: "", act: walk("ArrowLeft"), repeats: true },
    { keys: "ArrowRight", label: "", act: walk("ArrowRight"), repeats: true },
    {
      keys: "Enter",
      label: t("keys.open"),
      act: () => {
        openInspector(chosen);
      },
    },
    { keys: "Escape", label: t("keys.close"), act: wanted.close },
    { keys: "mod+c", label: t("canvas.keys.copy"), act: several(deeds.copy), unless: isTextMarked },
    { keys: "mod+a", label: t("canvas.keys.all"), act: wanted.pickAll },
    {
      keys: "x",
      label: t("walking.pick"),
      act: () => {
        if (here() !== "") wanted.pickAlso(here());
      },
    },
    { keys: "0", label: t("canvas.fit"), act: wanted.showAll },
    { keys: "l", label: editor.readOnly ? "" : t("positions.layOut"), act: wanted.layOut },
    ...mayEdit([
      {
        keys: "+",
        label: t("line.add"),
        act: () => {
          wanted.addAfter(focused() ?? chosen);
        },
      },
      { keys: "Delete", label: t("keys.remove"), act: several(deeds.remove) },
      { keys: "Backspace", label: "", act: several(deeds.remove) },
      { keys: "mod+d", label: t("keys.duplicate"), act: several(deeds.duplicate) },
      { keys: "d", label: "", act: several(deeds.duplicate) },
      { keys: "shift+ArrowUp", label: t("walking.up"), act: move(-1) },
      { keys: "shift+ArrowDown", label: t("walking.down"), act: move(1) },
      { keys: "mod+x", label: t("canvas.keys.cut"), act: several(deeds.cut) },
      {
        keys: "mod+v",
        label: t("canvas.keys.paste"),
        act: () => {
          deeds.paste(deeds.behindChosen());
        },
      },
      ...(["undo", "redo"] as const).map((name) => ({
        keys: name === "undo" ? "mod+z" : "mod+shift+z",
        label: t(name),
        repeats: true,
        act: () => {
          wanted.placing[name]();
        },
      })),
    ]),
  ]);
}

function focused(): string | undefined {
  return window.document.activeElement?.closest<HTMLElement>("[data-step]")?.dataset.step;
}

/** Tell whether a menu is open: it takes the arrows, also before one of its items has the focus. */
function hasMenu(): boolean {
  return window.document.querySelector("[role=menu]") !== null;
}
