import { Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { Forecast } from "@/api/sequenceContent";
import { localeOf } from "@/ui/time";
import { barsOf } from "./volumes";
import classes from "./Publish.module.css";

const USUAL_WIDTH = 552;
const HEIGHT = 74;
const TOP = 18;
const NARROW = 34;
const FAR = 4;

/** Messages per day against what the senders may send. Planned, so outlined with a wash. */
export function Days({ forecast }: { readonly forecast: Forecast }) {
  const { t, i18n } = useTranslation("sequences");
  const { bars, cap, senders, more } = barsOf(forecast);
  // Drawn at the width that there is, so that letters keep their size on a phone.
  const { ref, width: measured } = useElementSize();
  const width = measured > 0 ? measured : USUAL_WIDTH;
  if (bars.length === 0) return null;
  const tallest = Math.max(1, ...bars.map((bar) => bar.sent));
  // A cap far above would press the bars flat: then its number stands alone.
  const isNear = cap !== undefined && cap <= tallest * FAR;
  const most = isNear ? Math.max(cap, tallest) : tallest;
  const slot = Math.min(56, width / bars.length);
  const height = (sent: number) => (sent / most) * HEIGHT;
  const label = (day: string, index: number) => {
    const isMonday = new Date(`${day}T00:00`).getDay() === 1;
    const withDate = index === 0 || isMonday;
    if (slot < NARROW && !withDate) return "";
    return new Intl.DateTimeFormat(localeOf(i18n.language), {
      weekday: "short",
      ...(withDate && { day: "numeric" }),
    }).format(new Date(`${day}T00:00`));
  };
  const said = bars.filter((bar) => bar.sent > 0).map((bar) => `${bar.day}: ${bar.sent}`);
  return (
    <div className={classes.chart} ref={ref}>
      <svg viewBox={`0 0 ${width} ${TOP + HEIGHT + 18}`} width="100%" role="img" aria-label={said.join(", ")}>
        {cap !== undefined && (
          <text x={0} y={isNear ? TOP - 8 + HEIGHT - height(cap) : TOP - 8}>
            {t("figures.cap", { cap: cap.toLocaleString(i18n.language), count: senders })}
          </text>
        )}
        {isNear && (
          <path
            d={`M0 ${TOP + HEIGHT - height(cap)}H${width}`}
            stroke="var(--db-control)"
            strokeDasharray="3 4"
          />
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
              <title>{`${day}: ${sent}`}</title>
            </rect>
            <text x={index * slot + slot / 2} y={TOP + HEIGHT + 14} textAnchor="middle">
              {label(day, index)}
            </text>
          </g>
        ))}
        <path d={`M0 ${TOP + HEIGHT}H${width}`} stroke="var(--db-line-strong)" />
      </svg>
      {more > 0 && (
        <Text fz="xs" c="dimmed">
          {t("figures.more", { count: more })}
        </Text>
      )}
    </div>
  );
}
