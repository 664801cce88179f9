import { beat } from "@/flow/beat";

interface BeatStripProps {
  readonly days: readonly number[];
  /** Says kind and day of each step: the picture is for the eye only. Empty: it is there to look at, no more. */
  readonly label: string;
  readonly width?: number;
}

const RADIUS = 9;
const MIDDLE = RADIUS + 1;

/** Steps at their day on one line, drawn as outlines. */
export function BeatStrip({ days, label, width = 240 }: BeatStripProps) {
  const { marks, ticks } = beat(
    days.map((day) => ({ day })),
    { width, radius: RADIUS + 1 },
  );
  return (
    <svg width={width} height={MIDDLE * 2} {...named(label)} fill="var(--db-surface)">
      <path d={`M${MIDDLE} ${MIDDLE}H${width - MIDDLE}`} stroke="var(--db-line-strong)" strokeWidth={1.5} />
      {ticks.map((x) => (
        <path key={x} d={`M${x} ${MIDDLE - 2.5}v5`} stroke="var(--db-line-strong)" />
      ))}
      {marks.map((mark) => (
        <circle
          key={mark.x}
          cx={mark.x}
          cy={MIDDLE}
          r={RADIUS}
          stroke="var(--db-line-strong)"
          strokeWidth={1.25}
        />
      ))}
    </svg>
  );
}

function named(label: string) {
  return label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label };
}
