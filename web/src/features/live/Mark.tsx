import { useTranslation } from "react-i18next";
import type { BoardStep, Said } from "@/api/types";
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

interface FlightProps {
  readonly said: Said;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly level: number;
}

const WIDE = 230;

/** An answer: the person leaves the line upwards and says what is no longer sent. */
export function Flight({ said, x, y, width, level }: FlightProps) {
  const { t } = useTranslation("live");
  const count = said.will_not_be_sent;
  const text = t(count > 0 ? "line.repliedSpared" : "line.replied", { name: said.contact, count });
  const back = x + WIDE > width;
  const way = back ? -1 : 1;
  const top = y - 30 - level * 15;
  return (
    <g className={classes.flight}>
      <path
        d={`M${x} ${y - 5}q${way * 12} ${top - y + 5} ${way * 36} ${top - y + 5}`}
        fill="none"
        stroke="var(--db-green)"
        strokeWidth={1.5}
        strokeDasharray="3 4"
      />
      <circle cx={x + way * 36} cy={top} r={4} fill="var(--db-green)" />
      <text x={x + way * 46} y={top + 4} textAnchor={back ? "end" : "start"} className={classes.answer}>
        {text}
      </text>
    </g>
  );
}
