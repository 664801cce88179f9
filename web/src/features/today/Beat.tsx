import { Group, Paper, Text, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import type { DayBeat, Today } from "@/api/today";
import { type Bar, bars, type Scale, scaleOf } from "@/flow/day";
import { timeOf, when } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import classes from "./Today.module.css";

const HEIGHT = 96;
const AXIS = 20;
const MINUTE = 60_000;

/** The day in quarter hours: filled is sent, outlined is planned, the band is the window, the line is now. */
export function Beat({ today }: { readonly today: Today }) {
  const { t } = useTranslation("today");
  const { beat } = today;
  const calls = beat.quarters.some((quarter) => quarter.sent_calls + quarter.planned_calls > 0);
  return (
    <Paper
      withBorder
      radius="lg"
      p="md"
      bg="var(--db-surface)"
      component="section"
      aria-label={t("beat.title")}
    >
      <Group gap="md" mb="xs" wrap="wrap">
        <Title order={2}>{t("beat.title")}</Title>
        <Legend count={beat.sent} label={t("beat.sent")} />
        <Legend count={beat.planned} label={t("beat.planned")} planned />
        {calls && (
          <Text span c="dimmed">
            <span className={classes.swatch} data-calls />
            {t("beat.calls")}
          </Text>
        )}
        <Text span c="dimmed" ml="auto" visibleFrom="sm">
          <Next today={today} />
        </Text>
      </Group>
      <Drawing beat={beat} />
      {beat.later > 0 && (
        <Text fz="xs" c="dimmed">
          {t("beat.later", { count: beat.later })}
        </Text>
      )}
    </Paper>
  );
}

interface LegendProps {
  readonly count: number;
  readonly label: string;
  readonly planned?: boolean;
}

function Legend({ count, label, planned }: LegendProps) {
  return (
    <Text span c="dimmed" className="tabular">
      <span className={classes.swatch} data-planned={planned} />
      <Text span inherit fw={600} c="var(--db-text)">
        {count}
      </Text>{" "}
      {label}
    </Text>
  );
}

function Next({ today }: { readonly today: Today }) {
  const { t, i18n } = useTranslation("today");
  const now = useNow(MINUTE);
  const next = today.next.find((one) => one.hold === "" && one.contact !== null);
  const [span] = today.beat.spans;
  const parts = [
    ...(next === undefined
      ? []
      : [t("beat.next", { name: next.contact?.name, at: when(Date.parse(next.at), now, i18n) })]),
    ...(span === undefined
      ? []
      : [
          t("beat.window", {
            from: timeOf(Date.parse(span.start), i18n),
            to: timeOf(Date.parse(span.end), i18n),
          }),
        ]),
  ];
  return parts.join(" · ");
}

function Drawing({ beat }: { readonly beat: DayBeat }) {
  const { t } = useTranslation("today");
  const { ref, width } = useElementSize();
  const now = useNow(MINUTE / 2);
  const scale = scaleOf(beat, now, width, HEIGHT);
  return (
    <div ref={ref} style={{ minHeight: HEIGHT + AXIS }}>
      {width > 0 && (
        <svg
          className={classes.beat}
          height={HEIGHT + AXIS}
          viewBox={`0 0 ${width} ${HEIGHT + AXIS}`}
          role="img"
          aria-label={t("beat.label", { sent: beat.sent, planned: beat.planned })}
        >
          {scale.spans.map((span) => (
            <rect
              key={span.x}
              x={span.x}
              width={span.width}
              y={8}
              height={HEIGHT - 8}
              rx={6}
              fill="var(--db-sunken)"
            />
          ))}
          <path d={`M0 ${HEIGHT + 0.5}H${width}`} stroke="var(--db-line-strong)" />
          {bars(beat, scale).map((bar) => (
            <OneBar key={bar.at} bar={bar} />
          ))}
          <Hours scale={scale} />
          <path d={`M${scale.now} 4V${HEIGHT + 4}`} stroke="var(--db-text)" strokeWidth={1.5} />
          <circle cx={scale.now} cy={4} r={3.5} fill="var(--db-text)" />
        </svg>
      )}
    </div>
  );
}

function OneBar({ bar }: { readonly bar: Bar }) {
  const { t, i18n } = useTranslation("today");
  const time = timeOf(bar.at, i18n);
  return (
    <g>
      <title>{t("beat.quarter", { time, sent: bar.sent, planned: bar.planned })}</title>
      {bar.parts.map((part) => (
        <rect
          key={part.y}
          x={bar.x}
          y={part.y}
          width={bar.width}
          height={part.height}
          rx={2}
          fill={
            part.planned ? "var(--db-accent-wash)" : part.calls ? "var(--db-chart-2)" : "var(--db-accent)"
          }
          stroke={part.calls ? "var(--db-chart-2)" : "var(--db-accent)"}
          strokeWidth={part.planned ? 1.25 : 0}
        />
      ))}
    </g>
  );
}

function Hours({ scale }: { readonly scale: Scale }) {
  return scale.hours.map((hour) => (
    <text key={hour.x} x={hour.x} y={HEIGHT + 16} textAnchor="middle" className={classes.axis} aria-hidden>
      {hour.label}
    </text>
  ));
}
