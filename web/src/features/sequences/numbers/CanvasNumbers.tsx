import { useMemo, type ReactNode } from "react";
import type { FlowDocument } from "@/flow/document";
import { edgeId } from "@/flow/graph";
import { waysOf } from "@/flow/ways";
import { OverlayProvider, type FooterProps, type Overlay } from "../canvas/footers";
import { figuresOf } from "./figures";
import { useFigureWords, useSimulatedWords } from "./StepNumbers";
import { takenOf, useTruth, type Truth } from "./truth";

const WHOLE = 100;
const NOTHING: Overlay = {};

/** On the canvas: the numbers at the foot of a node, in words. Their people are a click away in the open step. */
function Footer({ step, quiet }: FooterProps) {
  const { numbers, simulated } = useTruth();
  const words = useFigureWords();
  const simulatedWords = useSimulatedWords();
  const found = numbers.get(step);
  const said = simulated ? simulatedWords(simulated.get(step)) : found && figuresOf(found).map(words);
  return said === undefined || said.length === 0 ? (
    quiet
  ) : (
    <span title={said.join(" · ")}>{said.join(" · ")}</span>
  );
}

interface CanvasNumbersProps {
  readonly document: FlowDocument;
  readonly children: ReactNode;
}

/** Gives the canvas what it draws beside the flow; as long as nothing is known, the canvas stays as it is. */
export function CanvasNumbers({ document, children }: CanvasNumbersProps) {
  const truth = useTruth();
  const overlay = useMemo(() => {
    if (truth.simulated === undefined && truth.numbers.size === 0) return NOTHING;
    const shares = sharesOf(truth, document);
    return { Footer, shareOf: (edge: string) => shares.get(edge) };
  }, [truth, document]);
  return <OverlayProvider value={overlay}>{children}</OverlayProvider>;
}

/** Return by edge the share of people who took it, from 0 to 1. */
export function sharesOf(truth: Truth, document: FlowDocument): ReadonlyMap<string, number> {
  const known = document.steps.flatMap((step) => {
    const ways = waysOf(step);
    if (ways.length < 2) return [];
    return ways.flatMap(({ way }) => {
      const taken = takenOf(truth, step, way);
      return taken === undefined ? [] : [[edgeId(step.key, way), taken.share / WHOLE] as const];
    });
  });
  return new Map(known);
}
