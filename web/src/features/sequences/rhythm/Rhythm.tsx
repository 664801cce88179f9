import { UnstyledButton } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { beat, type BeatMark } from "@/flow/beat";
import { KindIcon } from "@/ui/kinds";
import classes from "./Rhythm.module.css";

export interface RhythmMark {
  readonly key: string;
  readonly kind: string;
  readonly jobType: string;
  /** From 0; what comes between two days belongs to the earlier one. */
  readonly day: number;
  readonly name: string;
  readonly problem?: "error" | "warning" | undefined;
}

interface RhythmProps {
  readonly marks: readonly RhythmMark[];
  /** The last day of a scale that several strips share. */
  readonly end?: number;
  readonly radius?: number;
  readonly chosen?: string | undefined;
  /** Makes the marks buttons that walk to their step. */
  readonly onChoose?: (key: string) => void;
}

const ROOM_OF_A_NUMBER = 20;
const ROOM_OF_THE_FIRST = 40;

/** The beat strip with its kinds and days: time drawn to scale over the whole width. */
export function Rhythm({ marks, end = 0, radius = 11, chosen, onChoose }: RhythmProps) {
  const { t } = useTranslation("sequences");
  const { ref, width } = useElementSize();
  const drawn = beat(marks, { width: Math.max(width, radius * 2), radius, end });
  const said = marks.map((mark) => t("rhythm.step", { name: mark.name, day: wholeDay(mark) })).join(", ");
  return (
    <div
      ref={ref}
      className={classes.strip}
      style={{ height: radius * 2 + 20 }}
      role={onChoose ? "group" : "img"}
      aria-label={marks.length > 0 ? said : t("rhythm.none")}
    >
      <svg width="100%" height={radius * 2} aria-hidden>
        <path
          d={`M${radius} ${radius}H${Math.max(radius, width - radius)}`}
          stroke="var(--db-line-strong)"
          strokeWidth={1.5}
        />
        {drawn.ticks.map((x, index) => (
          <path key={index} d={`M${x} ${radius - 2.5}v5`} stroke="var(--db-line-strong)" />
        ))}
      </svg>
      {width > 0 &&
        drawn.marks.map(({ step, x }) => (
          <Mark
            key={step.key}
            mark={step}
            x={x}
            radius={radius}
            chosen={step.key === chosen}
            onChoose={onChoose}
          />
        ))}
      {width > 0 &&
        labelled(drawn.marks).map((mark) => (
          <Day key={mark.step.key} {...mark} radius={radius} width={width} />
        ))}
    </div>
  );
}

interface MarkProps {
  readonly mark: RhythmMark;
  readonly x: number;
  readonly radius: number;
  readonly chosen: boolean;
  readonly onChoose: ((key: string) => void) | undefined;
}

function Mark({ mark, x, radius, chosen, onChoose }: MarkProps) {
  const { t } = useTranslation("sequences");
  const shape = {
    className: classes.mark ?? "",
    style: { left: x, width: radius * 2, height: radius * 2 },
    "data-chosen": chosen || undefined,
    "data-problem": mark.problem,
  };
  const icon = <KindIcon kind={mark.kind} jobType={mark.jobType} size={Math.round(radius * 1.2)} />;
  if (onChoose === undefined) return <span {...shape}>{icon}</span>;
  return (
    <UnstyledButton
      {...shape}
      tabIndex={-1}
      aria-label={t("rhythm.step", { name: mark.name, day: wholeDay(mark) })}
      aria-current={chosen || undefined}
      onClick={() => {
        onChoose(mark.key);
      }}
    >
      {icon}
    </UnstyledButton>
  );
}

interface DayProps extends BeatMark<RhythmMark> {
  readonly radius: number;
  readonly width: number;
}

function Day({ step, x, radius, width }: DayProps) {
  const { t } = useTranslation("sequences");
  const day = wholeDay(step);
  const first = x <= radius + 1;
  return (
    <span
      className={classes.day}
      style={{ left: first ? 0 : x, top: radius * 2 + 4 }}
      data-first={first || undefined}
      data-last={(!first && x > width - ROOM_OF_A_NUMBER / 2) || undefined}
      aria-hidden
    >
      {day === 0 ? t("rhythm.dayZero") : day}
    </span>
  );
}

/** Leave out the days for which there is no room, and repeat none. */
function labelled(marks: readonly BeatMark<RhythmMark>[]): readonly BeatMark<RhythmMark>[] {
  let free = Number.NEGATIVE_INFINITY;
  let before = -1;
  return marks.filter(({ step, x }) => {
    const day = wholeDay(step);
    if (day === before || x < free) return false;
    free = x + (day === 0 ? ROOM_OF_THE_FIRST : ROOM_OF_A_NUMBER);
    before = day;
    return true;
  });
}

function wholeDay({ day }: RhythmMark): number {
  return Math.floor(day);
}
