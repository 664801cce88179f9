import { Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Forecast } from "@/api/sequenceContent";
import { localeOf } from "@/ui/time";
import { barsOf, type Bars, type DayBar } from "./volumes";
import classes from "./Publish.module.css";

const USUAL_WIDTH = 552;
const HEIGHT = 74;
const TOP = 18;
const NARROW = 34;
const FAR = 4;

/** Messages per day against what the senders may send. Planned, so outlined with a wash. */
export function Days({ forecast }: { readonly forecast: Forecast }) {
  const { t } = useTranslation("sequences");
  const drawn = barsOf(forecast);
  // Drawn at the width that there is, so that letters keep their size on a phone.
  const { ref, width: measured } = useElementSize();
  if (drawn.bars.length === 0) return null;
  return (
    <div className={classes.chart} ref={ref}>
      <Chart {...drawn} width={measured > 0 ? measured : USUAL_WIDTH} />
      {drawn.more > 0 && (
        <Text fz="xs" c="dimmed">
          {t("figures.more", { count: drawn.more })}
        </Text>
      )}
    </div>
  );
}

function Chart({ bars, cap, senders, width }: Bars & { readonly width: number }) {
  const labelOf = useDayLabels();
  const tallest = Math.max(1, ...bars.map((bar) => bar.sent));
  // A cap far above would press the bars flat: then its number stands alone.
  const isNear = cap !== undefined && cap <= tallest * FAR;
  const most = isNear ? Math.max(cap, tallest) : tallest;
  const slot = Math.min(56, width / bars.length);
  const height = (sent: number) => (sent / most) * HEIGHT;
  const { spoken, list } = useSpoken();
  const said = list(bars.filter((bar) => bar.sent > 0).map(spoken));
  return (
    <svg viewBox={`0 0 ${width} ${TOP + HEIGHT + 18}`} width="100%" role="img" aria-label={said}>
      {cap !== undefined && (
        <Cap cap={cap} senders={senders} above={isNear ? height(cap) : undefined} width={width} />
      )}
      {bars.map(({ day, sent }, index) => (
        <g key={day}>
          <rect
            x={index * slot + slot * 0.16}
            y={TOP + HEIGHT - height(sent)}
            width={slot * 0.68}
            height={height(sent)}
            rx={2}
            fill="var(--db-chart-1)"
          >
            <title>{spoken({ day, sent })}</title>
          </rect>
          <text {...placeOf(index, slot)} y={TOP + HEIGHT + 14}>
            {labelOf(day, index, slot)}
          </text>
        </g>
      ))}
      <path d={`M0 ${TOP + HEIGHT}H${width}`} stroke="var(--db-line-strong)" />
    </svg>
  );
}

/** Below its bar; where bars are narrow the first begins at the edge, which would cut it off. */
function placeOf(index: number, slot: number) {
  if (index === 0 && slot < NARROW) return { x: 0, textAnchor: "start" } as const;
  return { x: index * slot + slot / 2, textAnchor: "middle" } as const;
}

/** Say a day with its messages: *Tuesday, 24 November: 50 messages*. */
function useSpoken() {
  const { t, i18n } = useTranslation("sequences");
  const locale = localeOf(i18n.language);
  const name = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
  const list = new Intl.ListFormat(locale, { type: "unit" });
  return {
    spoken: ({ day, sent }: DayBar) =>
      t("figures.day", { day: name.format(new Date(`${day}T00:00`)), count: sent }),
    list: (words: readonly string[]) => list.format(words),
  };
}

/** Name the days below their bars: where there is little room, only the first and the Mondays. */
function useDayLabels(): (day: string, index: number, room: number) => string {
  const { i18n } = useTranslation();
  return (day, index, room) => {
    const date = new Date(`${day}T00:00`);
    const withDate = index === 0 || date.getDay() === 1;
    if (room < NARROW && !withDate) return "";
    return new Intl.DateTimeFormat(localeOf(i18n.language), {
      weekday: "short",
      ...(withDate && { day: "numeric" }),
    }).format(date);
  };
}

interface CapProps {
  readonly cap: number;
  readonly senders: number;
  /** How far its line lies above the ground; undefined where only its number stands. */
  readonly above: number | undefined;
  readonly width: number;
}

function Cap({ cap, senders, above, width }: CapProps) {
  const { t, i18n } = useTranslation("sequences");
  const y = TOP + HEIGHT - (above ?? HEIGHT);
  return (
    <>
      <text x={0} y={y - 8}>
        {t("figures.cap", { cap: cap.toLocaleString(i18n.language), count: senders })}
      </text>
      {above !== undefined && (
        <path d={`M0 ${y}H${width}`} stroke="var(--db-control)" strokeDasharray="3 4" />
      )}
    </>
  );
}
