// What else is drawn on the canvas: numbers at the foot of a node, the share of people on an edge, what changed.
// The canvas knows none of them. Who draws one gives an `Overlay` to `OverlayProvider` around the canvas.
import { createContext, useContext, type ComponentType, type ReactNode } from "react";

export interface FooterProps {
  /** The key of the step. */
  readonly step: string;
  /** The quiet words that stand there otherwise. */
  readonly quiet: ReactNode;
}

export interface Overlay {
  /** Draws the third row of a node, below the hairline. */
  readonly Footer?: ComponentType<FooterProps>;
  /** Returns the share of people on an edge, from 0 to 1; the edge is as wide as it, and says it. */
  readonly shareOf?: (edge: string) => number | undefined;
  /** Returns what became of a step since another version. */
  readonly changeOf?: (
    step: string,
  ) => { readonly kind: "added" | "removed" | "changed" | "moved"; readonly words: string } | undefined;
}

const NONE: Overlay = {};

const OverlayContext = createContext(NONE);

export const OverlayProvider = OverlayContext.Provider;

export function useOverlay(): Overlay {
  return useContext(OverlayContext);
}
