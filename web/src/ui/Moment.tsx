import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dayOf, differsThere, isZone, relative, timeOf, weekdayOf, when } from "./moments";
import { useNow } from "./useNow";

interface MomentProps {
  /** As the API writes it, or milliseconds. */
  readonly at: string | number;
  /** The zone of the person it concerns. */
  readonly zone?: string | null | undefined;
  /** Say how far away instead; the moment itself is on hover. */
  readonly relative?: boolean;
}

const MINUTE = 60_000;

/** A moment in the reader's zone, with the contact's where that is another day or time of the day. */
export function Moment({ at, zone, relative: isRelative = false }: MomentProps) {
  const { t, i18n } = useTranslation("ui");
  const now = useNow(MINUTE / 2);
  const moment = msOf(at);
  const here = when(moment, now, i18n);
  const known = knownZone(zone);
  const there = known && when(moment, now, { language: i18n.language, zone: known });
  return (
    <time
      dateTime={new Date(moment).toISOString()}
      title={there === undefined ? here : t("moment.both", { here, there, zone })}
      className="tabular"
    >
      {isRelative ? relative(moment, now, i18n.language) : here}
      {known !== undefined && !isRelative && <There at={moment} zone={known} now={now} />}
    </time>
  );
}

interface ThereProps {
  readonly at: number;
  readonly zone: string;
  readonly now: number;
}

/** The time there, and the weekday only where it is another one: never more than one day away. */
function There({ at, zone, now }: ThereProps) {
  const { t, i18n } = useTranslation("ui");
  if (!differsThere(at, zone)) return null;
  const words = { language: i18n.language, zone };
  const isSameDay = dayOf(at, now, i18n) === dayOf(at, now, words);
  return (
    <Text span inherit c="var(--db-text-3)">
      {" · "}
      {t("moment.there", { time: isSameDay ? timeOf(at, words) : weekdayOf(at, words) })}
    </Text>
  );
}

function knownZone(zone: string | null | undefined): string | undefined {
  return zone != null && isZone(zone) ? zone : undefined;
}

function msOf(at: string | number): number {
  return typeof at === "number" ? at : Date.parse(at);
}

interface CountdownProps {
  readonly to: string | number;
}

const SECOND = 1_000;

/** How far a moment is ahead, ticking: "in 3 min", "in 42 s", "now". */
export function Countdown({ to }: CountdownProps) {
  const { t, i18n } = useTranslation("ui");
  const now = useNow(SECOND);
  const moment = msOf(to);
  const left = Math.ceil((moment - now) / SECOND);
  return (
    <time dateTime={new Date(moment).toISOString()} title={when(moment, now, i18n)} className="tabular">
      {left > 0 && left < 60
        ? t("moment.seconds", { count: left })
        : relative(Math.max(moment, now), now, i18n.language)}
    </time>
  );
}
