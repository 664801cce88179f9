import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { StepNumbers as Numbers } from "@/api/stepNumbers";
import type { Step } from "@/flow/document";
import { shortDay } from "@/ui/time";
import { useWords } from "@/ui/words/useWords";
import { behind, figuresOf, waysTaken, type Figure } from "./figures";
import classes from "./Numbers.module.css";
import { takenOf, useTruth, type Simulated } from "./truth";

/** At the foot of a card: what came of the step, each number a way to its people; or what a simulation says. */
export function CardNumbers({ step }: { readonly step: string }) {
  const { sequenceId, numbers, simulated } = useTruth();
  if (simulated !== undefined) return <Simulation step={simulated.get(step)} />;
  const found = numbers.get(step);
  return found && <Figures {...{ sequenceId, step }} figures={figuresOf(found)} />;
}

/** In the open step: every number, the ways too. */
export function AllNumbers({ step }: { readonly step: string }) {
  const { sequenceId, numbers } = useTruth();
  const found: Numbers | undefined = numbers.get(step);
  return found && <Figures {...{ sequenceId, step }} figures={[...figuresOf(found), ...waysTaken(found)]} />;
}

interface FiguresProps {
  readonly sequenceId: number;
  readonly step: string;
  readonly figures: readonly Figure[];
}

function Figures({ sequenceId, step, figures }: FiguresProps) {
  const { t } = useTranslation("numbers");
  const words = useFigureWords();
  if (figures.length === 0) return null;
  return (
    <div className={classes.row} role="group" aria-label={t("label")} data-numbers={step}>
      {figures.map((figure) => (
        <Link key={`${figure.name} ${figure.reason}`} to={behind(sequenceId, step, figure)}>
          {words(figure)}
        </Link>
      ))}
    </div>
  );
}

/** Say a number in words. */
export function useFigureWords(): (figure: Figure) => string {
  const { t } = useTranslation("numbers");
  const { word } = useWords();
  const section = { skipped: "skip", failed: "failure" } as const;
  return ({ name, count, reason }) =>
    t(name, {
      count,
      reason: name === "skipped" || name === "failed" ? word(section[name], reason) : reason,
    });
}

function Simulation({ step }: { readonly step: Simulated | undefined }) {
  const words = useSimulatedWords();
  return (
    <div className={classes.row} data-simulated>
      {words(step).map((each) => (
        <span key={each}>{each}</span>
      ))}
    </div>
  );
}

/** Say who comes to a step in the simulation, and when. */
export function useSimulatedWords(): (step: Simulated | undefined) => readonly string[] {
  const { t, i18n } = useTranslation("numbers");
  const day = (at: string) => shortDay(Date.parse(at), i18n.language);
  return (step) => {
    if (step === undefined || step.entered === 0) return [t("nobody")];
    const come = t("come", { count: step.entered });
    if (step.first_at === null || step.last_at === null) return [come];
    const [first, last] = [day(step.first_at), day(step.last_at)];
    if (first === last) return [come, t("on", { first })];
    const between = t("between", { first, last });
    const half = halfOf(step);
    if (half === undefined) return [come, between];
    const [from, by, until] = half.map(day);
    return [come, t("median", { day: by }), between, t("middle", { first: from, last: until })];
  };
}

/** When a quarter, half and three quarters are done; results that were kept from before do not know it. */
function halfOf({ middle_from: from, median_at: by, middle_until: until }: Simulated) {
  return from == null || by == null || until == null ? undefined : [from, by, until];
}

/** Beside a way: how many took it, and their share. */
export function WayTaken({ step, way }: { readonly step: Step; readonly way: string }) {
  const { t } = useTranslation("numbers");
  const taken = takenOf(useTruth(), step, way);
  return taken && <span className={classes.taken}>{t("onWay", taken)}</span>;
}
