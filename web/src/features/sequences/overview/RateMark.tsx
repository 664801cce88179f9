import { Box, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { interval } from "@/flow/rate";
import classes from "./Card.module.css";

interface RateMarkProps {
  readonly replied: number;
  readonly sent: number;
  /** The share at the right end of the scale that all cards have. */
  readonly most: number;
}

const ENOUGH = 30;

/** The reply rate as a point on its interval. Below 30 people: the interval without the point. */
export function RateMark({ replied, sent, most }: RateMarkProps) {
  const { t, i18n } = useTranslation("sequences");
  const sure = interval(replied, sent);
  if (sure === undefined) return null;
  const percent = (share: number) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(
      share * 100,
    );
  const place = (share: number) => `${Math.min(1, share / most) * 100}%`;
  const isEnough = sent >= ENOUGH;
  return (
    <Box component="div" className={classes.rate}>
      <dd>
        {isEnough ? percent(replied / sent) : `${Math.round(sure.low * 100)}–${Math.round(sure.high * 100)}`}
        <Text span fz="xs" fw={500} c="dimmed" ml={1}>
          %
        </Text>
      </dd>
      <Group component="dt" gap={6} wrap="nowrap">
        {t("card.replied")}
        <span
          className={classes.scale}
          role="img"
          aria-label={t("card.interval", {
            low: percent(sure.low),
            high: percent(sure.high),
            replied,
            sent,
          })}
          title={t("card.interval", { low: percent(sure.low), high: percent(sure.high), replied, sent })}
        >
          <i
            style={{
              left: place(sure.low),
              width: `calc(${place(sure.high)} - ${place(sure.low)})`,
            }}
          />
          {isEnough && <b style={{ left: place(replied / sent) }} />}
        </span>
      </Group>
    </Box>
  );
}
