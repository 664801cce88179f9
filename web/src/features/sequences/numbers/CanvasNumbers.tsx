import { useMemo, type ReactNode } from "react";
import { OverlayProvider, type FooterProps } from "../canvas/footers";
import { figuresOf } from "./figures";
import { useFigureWords, useSimulatedWords } from "./StepNumbers";
import { useTruth } from "./truth";

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

/** Gives the canvas what it draws beside the flow; as long as nothing is known, the canvas stays as it is. */
export function CanvasNumbers({ children }: { readonly children: ReactNode }) {
  const { numbers, simulated } = useTruth();
  const isKnown = simulated !== undefined || numbers.size > 0;
  const overlay = useMemo(() => (isKnown ? { Footer } : {}), [isKnown]);
  return <OverlayProvider value={overlay}>{children}</OverlayProvider>;
}
