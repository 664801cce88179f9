import { useMemo, type ReactNode } from "react";
import type { FlowDocument } from "@/flow/document";
import { edgeId } from "@/flow/graph";
import { waysOf } from "@/flow/ways";
import { OverlayProvider, type FooterProps, type Overlay } from "../canvas/footers";
import { figuresOf } from "./figures";
import classes from "./Numbers.module.css";
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
  const figures = found === undefined ? [] : figuresOf(found);
  const said = simulated ? simulatedWords(simulated.get(step)) : figures.map(words);
  if (said.length === 0) return quiet;
  const best = simulated ? undefined : figures.find(({ name }) => name === "replied");
  const others = said.filter((each) => best === undefined || each !== words(best));
  return (
    <span className={classes.onNode} title={said.join(" · ")}>
      <span>{others.join(" · ")}</span>
      {best && <b>{words(best)}</b>}
    </span>
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
