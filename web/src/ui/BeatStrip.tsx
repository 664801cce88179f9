import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { type Beat, beat, type BeatMark } from "@/flow/beat";
import classes from "./BeatStrip.module.css";
import { lookOf } from "./kinds";

export interface Mark {
  /** From 0. */
  readonly day: number;
  readonly kind?: string;
  readonly jobType?: string;
  /** Left out: a step of a plan, which nobody has reached. */
  readonly state?: "done" | "now" | "ahead" | "blocked";
}

interface BeatStripProps {
  readonly marks?: readonly Mark[];
  /** The same for steps of which the day alone is known. */
  readonly days?: readonly number[];
  /** Says kind and day of each step: the picture is for the eye only. Empty: it is there to look at, no more. */
  readonly label: string;
  /** Left out: as wide as what it stands in. */
  readonly width?: number | undefined;
  /** "row" draws dots for a line of a table, the others icons. */
  readonly size?: "row" | "small" | "large";
  /** Write the days below. */
  readonly numbered?: boolean;
  /** Nothing moves here any more: what is done is grey. */
  readonly ended?: boolean;
  /** The last day of a scale that several strips share. */
  readonly end?: number;
}

const RADII = { row: 4, small: 9, large: 11 } as const;
/** The ring around the step that is now. */
const HALO = 3;
const NUMBERS = 20;
const WIDTH = 240;

/** Steps at their day on one line: filled is done, ringed is now, outlined is ahead. */
export function BeatStrip(props: BeatStripProps) {
  const { width, days } = props;
  return width === undefined && days === undefined ? <Stretched {...props} /> : <Strip {...props} />;
}

function Stretched(props: BeatStripProps) {
  const { ref, width } = useElementSize();
  return (
    <div ref={ref} className={classes.room} style={{ minHeight: heightOf(props) }}>
      {width > 0 && <Strip {...props} width={width} />}
    </div>
  );
}

function heightOf({ size = "small", numbered = false }: BeatStripProps): number {
  return (RADII[size] + HALO) * 2 + (numbered ? NUMBERS : 0);
}

function Strip(props: BeatStripProps) {
  const { marks, days = [], label, width = WIDTH, size = "small", numbered, ended, end = 0 } = props;
  const radius = RADII[size];
  const middle = radius + HALO;
  const steps = marks ?? days.map((day) => ({ day }));
  const drawn = beat(steps, { width, radius: middle, end });
  return (
    <svg width={width} height={heightOf(props)} className={classes.strip} {...named(label)}>
      <Ground drawn={drawn} from={middle} to={width - middle} isTicked={size !== "row"} />
      {drawn.marks.map((mark, index) => (
        <g key={index} transform={`translate(${mark.x} ${middle})`}>
          <Step step={mark.step} radius={radius} isQuiet={ended === true} />
        </g>
      ))}
      {numbered === true && <Numbers marks={drawn.marks} y={middle * 2 + 12} />}
    </svg>
  );
}

interface GroundProps {
  readonly drawn: Beat<Mark>;
  readonly from: number;
  readonly to: number;
  readonly isTicked: boolean;
}

function Ground({ drawn, from, to, isTicked }: GroundProps) {
  return (
    <g stroke="var(--db-line-strong)">
      <path d={`M${from} ${from}H${to}`} strokeWidth={1.5} />
      {isTicked && drawn.ticks.map((x) => <path key={x} d={`M${x} ${from - 2.5}v5`} />)}
    </g>
  );
}

interface StepProps {
  readonly step: Mark;
  readonly radius: number;
  readonly isQuiet: boolean;
}

function Step({ step, radius, isQuiet }: StepProps) {
  const { kind, jobType, state = "plan" } = step;
  const look = lookOf(kind ?? "", jobType);
  const size = Math.round(radius * 1.25);
  return (
    <g className={classes.mark} data-state={state} data-quiet={isQuiet || undefined}>
      {radius > RADII.row && <circle r={radius + HALO - 0.75} className={classes.halo} />}
      <circle r={radius} className={classes.dot} />
      {kind !== undefined && radius > RADII.row && (
        <look.icon
          x={-size / 2}
          y={-size / 2}
          size={size}
          stroke={1.75}
          color={state === "done" ? "var(--db-on-accent)" : look.color}
          aria-hidden
        />
      )}
    </g>
  );
}

interface NumbersProps {
  readonly marks: readonly BeatMark<Mark>[];
  readonly y: number;
}

/** The day of each mark; one that would touch the number before it is left out. */
function Numbers({ marks, y }: NumbersProps) {
  const { t } = useTranslation("ui");
  const shown = marks.reduce<readonly BeatMark<Mark>[]>((before, mark) => {
    const last = before.at(-1);
    const isFree = last === undefined || mark.x - last.x >= (last === before[0] ? 42 : 20);
    const isNews = last === undefined || Math.floor(last.step.day) !== Math.floor(mark.step.day);
    return isFree && isNews ? [...before, mark] : before;
  }, []);
  return shown.map(({ step, x }, index) => (
    <text
      key={x}
      x={index === 0 ? HALO : x}
      y={y}
      textAnchor={index === 0 ? "start" : "middle"}
      className={classes.day}
      aria-hidden
    >
      {index === 0 ? t("beat.day", { day: Math.floor(step.day) }) : Math.floor(step.day)}
    </text>
  ));
}

function named(label: string) {
  return label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label };
}
