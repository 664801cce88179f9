import type { Step } from "@/flow/document";
import type { GraphEdge } from "@/flow/graph";
import { wayWords } from "../editor/wayWords";
import type { Known } from "../stepWords";
import type { T } from "./drawn";

export interface WayNames {
  /** What stands on the way; "" for nothing. */
  readonly name: string;
  /** The same without the share that is planned for it. */
  readonly own: string;
}

export const NAMELESS: WayNames = { name: "", own: "" };

/** Return the words on an edge. */
export function namesOf(t: T, edge: GraphEdge, step: Step | undefined, known: Known): WayNames {
  if (!edge.named || step === undefined) return NAMELESS;
  if (edge.way === undefined) return alone(t(`canvas.${edge.role as "on_skip" | "on_failure"}`));
  const { name, when } = wayWords(t, step, edge.way, known);
  return step.kind === "split" && edge.way !== "next"
    ? { name: `${name} · ${when}`, own: name }
    : alone(name);
}

function alone(name: string): WayNames {
  return { name, own: name };
}
