// What the parts of the canvas share: what can be done, and what is being dragged. It never changes its identity,
// so that a node is drawn anew only when the node itself changes.
import { createContext, useContext } from "react";
import type { Point } from "@/flow/layout";
import type { Guide } from "@/flow/positions";
import type { Slot } from "@/flow/ways";
import type { Cell } from "@/ui/cell";
import type { Offer } from "../editor/offers";
import type { Leads } from "./leads";

export interface Deeds {
  readonly choose: (key: string) => void;
  readonly open: (key: string) => void;
  readonly add: (slot: Slot, offer: Offer) => void;
  /** Opens the list of kinds behind a step, undefined: behind the last. */
  readonly addAfter: (key: string | undefined) => void;
  readonly changeDelay: (key: string, delay: string) => void;
  readonly duplicate: (key: string) => void;
  readonly remove: (key: string) => void;
  /** Let it stand where the layout puts it. */
  readonly letGo: (key: string) => void;
}

export interface CanvasRoom {
  readonly deeds: Deeds;
  /** The slot over which something is dragged, as `slotName` writes it. */
  readonly over: Cell<string>;
  /** The slot whose list of kinds is open. */
  readonly adding: Cell<string>;
  /** The lines along which a node lies with others while it is dragged. */
  readonly guides: Cell<readonly Guide[]>;
  /** How far each node that is dragged is from where it stood. */
  readonly pulls: Cell<ReadonlyMap<string, Point>>;
  /** undefined where nothing can be changed. */
  readonly leads?: Leads;
  readonly readOnly: boolean;
}

export function slotName(slot: Slot): string {
  return `${slot.step ?? ""}|${slot.way}`;
}

export const CanvasContext = createContext<CanvasRoom | undefined>(undefined);

export function useCanvas(): CanvasRoom {
  const room = useContext(CanvasContext);
  if (room === undefined) throw new Error("useCanvas: outside of a canvas");
  return room;
}
