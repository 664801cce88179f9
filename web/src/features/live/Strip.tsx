import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { BoardLine, BoardStep, Said } from "@/api/types";
import { line, type Line, SECONDS, secondsAt, type Unit } from "@/flow/line";
import { People } from "./People";
import { Flight } from "./Flight";
import { Mark } from "./Mark";
import classes from "./Lines.module.css";
import { kindKey } from "./words";

const HEIGHT = 96;
const MIDDLE = 50;
const NARROW = 560;

interface StripProps {
  readonly line: BoardLine;
  readonly width: number;
  readonly now: number;
  readonly soon: ReadonlySet<string>;
  readonly leaving: readonly Said[];
  readonly answering: readonly Said[];
}

/** One line drawn to scale: ticks, people, marks, and answers that leave it upwards. */
export function Strip({ line: data, width, now, soon, leaving, answering }: StripProps) {
  const { t, i18n } = useTranslation("live");
  const narrow = width < NARROW;
  const radius = narrow ? 11 : 14;
  const done = narrow ? 15 : 19;
  const drawn = line(data.steps, { width, radius, done });
  const steps = new Map(data.steps.map((step) => [step.key, step]));
  const label = useLabel(data, drawn.unit);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={label} className={classes.strip}>
      <Ground line={drawn} />
      <People people={data.people} steps={steps} at={drawn.beside} middle={MIDDLE} now={now} soon={soon} />
      {drawn.marks.map(({ step, x }, index) => (
        <Mark
          key={step.key}
          step={step}
          x={x}
          y={MIDDLE}
          radius={radius}
          title={t(kindKey(step.kind, step.job_type))}
          label={moment(step, drawn.unit, narrow && index > 0, t)}
          pulses={leaving.filter((said) => said.step === step.key).map((said) => said.id)}
        />
      ))}
      {answering.slice(0, narrow ? 1 : 2).map((said, index) => {
        const step = steps.get(said.step);
        const x = step === undefined ? drawn.endX : drawn.beside(secondsAt(step, said.share));
        return <Flight key={said.id} said={said} x={x} y={MIDDLE} width={width} level={index} />;
      })}
      <g transform={`translate(${drawn.endX} ${MIDDLE})`}>
        <circle r={done} fill="var(--db-raised)" stroke="var(--db-line-strong)" />
        <text textAnchor="middle" y={4} className={classes.count}>
          {short(data.completed, i18n.language)}
        </text>
        <text textAnchor="middle" y={MIDDLE - 14} className={classes.axis}>
          {t("line.done")}
        </text>
      </g>
    </svg>
  );
}

const Ground = memo(function Ground({ line: drawn }: { readonly line: Line<BoardStep> }) {
  return (
    <g stroke="var(--db-line-strong)">
      <path d={`M${drawn.startX} ${MIDDLE}H${drawn.endX}`} strokeWidth={1.5} />
      <path d={drawn.ticks.map((x) => `M${x.toFixed(1)} ${MIDDLE - 3}v6`).join("")} />
    </g>
  );
});

type Translate = ReturnType<typeof useTranslation<"live">>["t"];

/** Say when a step comes, in the unit of its line; a narrow line leaves the unit to its first mark. */
function moment(step: BoardStep, unit: Unit, bare: boolean, t: Translate): string {
  const n = Math.round((step.after_seconds / SECONDS[unit]) * 10) / 10;
  const shown = unit === "day" ? Math.floor(n) : n;
  if (bare) return String(shown);
  return shown === 0 && unit !== "day" ? t("line.start") : t(`line.${unit}`, { n: shown });
}

function useLabel(data: BoardLine, unit: Unit): string {
  const { t } = useTranslation("live");
  const steps = data.steps
    .filter((step) => step.drawn)
    .map((step) =>
      t("line.stepLabel", {
        kind: t(kindKey(step.kind, step.job_type)),
        at: moment(step, unit, false, t),
        count: step.waiting,
      }),
    );
  const { name, on_the_way: onTheWay, completed } = data;
  return t("line.label", { name, onTheWay, completed, steps: steps.join("; ") });
}

/** A count that fits into a circle: 1,208 as it is, 12k above. */
function short(count: number, language: string): string {
  if (count < 10_000) return count.toLocaleString(language);
  if (count < 1_000_000) return `${Math.floor(count / 1_000)}k`;
  return `${(count / 1_000_000).toLocaleString(language, { maximumFractionDigits: 1 })}M`;
}
