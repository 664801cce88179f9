import { useTranslation } from "react-i18next";
import type { BoardStep } from "@/api/types";
import { lookOf } from "@/ui/kinds";
import classes from "./Lines.module.css";

interface MarkProps {
  readonly step: BoardStep;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly title: string;
  readonly label: string;
  /** Messages that leave right now: a ring for each. */
  readonly pulses: readonly number[];
}

/** A step on its line, with how many stand at it now. */
export function Mark({ step, x, y, radius, title, label, pulses }: MarkProps) {
  const look = lookOf(step.kind, step.job_type);
  const size = radius + 2;
  return (
    <g transform={`translate(${x} ${y})`} data-step={step.key}>
      <title>{title}</title>
      {pulses.map((id) => (
        <circle key={id} r={radius} fill="none" stroke={look.color} className={classes.ring} />
      ))}
      <circle r={radius} fill="var(--db-surface)" stroke={look.color} strokeWidth={1.5} />
      <look.icon x={-size / 2} y={-size / 2} size={size} stroke={1.75} color={look.color} aria-hidden />
      {step.awaiting > 0 && <Here count={step.awaiting} radius={radius} />}
      <text textAnchor="middle" y={36} className={classes.axis}>
        {label}
      </text>
    </g>
  );
}

function Here({ count, radius }: { readonly count: number; readonly radius: number }) {
  const { t } = useTranslation("live");
  const text = String(count);
  const width = 10 + text.length * 6.5;
  return (
    <g transform={`translate(${radius * 0.75} ${-radius - 2})`}>
      <title>{t("line.awaiting", { count })}</title>
      <rect x={-6} y={-8} width={width} height={16} rx={8} fill="var(--db-text)" />
      <text x={width / 2 - 6} y={4} textAnchor="middle" className={classes.here}>
        {text}
      </text>
    </g>
  );
}
