import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { localeOf } from "@/ui/time";
import type { Day, Drawn } from "./outcome";
import classes from "./Simulate.module.css";

const USUAL_WIDTH = 700;
const HEIGHT = 140;
const TOP = 18;
const FAR = 4;
const DATE_WIDTH = 56;

/** Messages per day, sender on sender, against what the senders may send together. */
export function DayChart({ drawn: { days, senders, tallest } }: { readonly drawn: Drawn }) {
  const { t, i18n } = useTranslation("simulate");
  const cap = days.at(-1)?.cap;
  // A cap far above would press the bars flat: then its number stands alone.
  const isNear = cap !== undefined && cap <= tallest * FAR;
  const most = isNear ? Math.max(cap, tallest) : tallest;
  // Drawn at the width that there is, so that letters keep their size on a phone.
  const { ref, width: measured } = useElementSize();
  const width = measured > 0 ? measured : USUAL_WIDTH;
  const slot = width / days.length;
  const height = (count: number) => (count / most) * HEIGHT;
  return (
    <div className={classes.chart} ref={ref}>
      <svg viewBox={`0 0 ${width} ${TOP + HEIGHT + 22}`} width="100%" role="img" aria-label={t("volumes")}>
        {days.map((day, index) => (
          <Bar key={day.day} {...{ day, slot, height }} x={index * slot} />
        ))}
        {isNear && (
          <path
            d={`M0 ${TOP + HEIGHT - height(cap)}H${width}`}
            stroke="var(--db-control)"
            strokeDasharray="3 4"
          />
        )}
        <path d={`M0 ${TOP + HEIGHT}H${width}`} stroke="var(--db-line-strong)" />
        {datesOf(days, slot, width).map(({ day, x }) => (
          <text key={day} x={x} y={TOP + HEIGHT + 17}>
            {shortDay(day, i18n.language)}
          </text>
        ))}
      </svg>
      <ul className={classes.legend}>
        {senders.map((sender, index) => (
          <li key={sender}>
            <span style={{ background: `var(--db-chart-${index + 1})` }} aria-hidden />
            {sender === "" ? t("others") : sender}
          </li>
        ))}
        {cap !== undefined && <li>{t("cap", { most: cap.toLocaleString(i18n.language) })}</li>}
        {days.some(({ waiting }) => waiting > 0) && (
          <li>
            <span className={classes.dot} aria-hidden />
            {t("waits")}
          </li>
        )}
      </ul>
    </div>
  );
}

interface BarProps {
  readonly day: Day;
  readonly x: number;
  readonly slot: number;
  readonly height: (count: number) => number;
}

function Bar({ day: { day, parts, sent, waiting }, x, slot, height }: BarProps) {
  const { t, i18n } = useTranslation("simulate");
  const said = { day: shortDay(day, i18n.language), count: sent, waiting };
  const from = parts.map((_, index) => parts.slice(0, index + 1).reduce((all, part) => all + part, 0));
  return (
    <g>
      <title>{t(waiting > 0 ? "dayWaiting" : "day", said)}</title>
      <rect x={x} y={TOP} width={slot} height={HEIGHT} fill="transparent" />
      {parts.map(
        (part, index) =>
          part > 0 && (
            <rect
              key={`${day} ${String(index)}`}
              x={x + slot * 0.14}
              y={TOP + HEIGHT - height(from[index] ?? 0)}
              width={Math.max(1, slot * 0.72)}
              height={height(part)}
              fill={`var(--db-chart-${String(index + 1)})`}
            />
          ),
      )}
      {waiting > 0 && <circle cx={x + slot / 2} cy={TOP + HEIGHT + 4} r={1.8} fill="var(--db-red)" />}
    </g>
  );
}

/** The first day and the Mondays, where there is room. */
function datesOf(
  days: readonly Day[],
  slot: number,
  width: number,
): { readonly day: string; readonly x: number }[] {
  let free = 0;
  return days.flatMap(({ day }, index) => {
    const x = index * slot;
    const isMonday = new Date(`${day}T00:00`).getDay() === 1;
    if ((index > 0 && !isMonday && slot < DATE_WIDTH) || x < free || x > width - DATE_WIDTH) return [];
    free = x + DATE_WIDTH;
    return [{ day, x }];
  });
}

function shortDay(day: string, language: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { day: "numeric", month: "short" });
  return format.format(new Date(`${day}T00:00`));
}
