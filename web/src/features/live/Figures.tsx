import { Group, Text } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconHourglass,
  IconPlayerPlay,
  IconSend,
  IconShieldCheck,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Figures as FiguresType } from "@/api/types";
import { interval } from "@/flow/rate";
import classes from "./Figures.module.css";
import { holdKey } from "./words";

interface FiguresProps {
  readonly figures: FiguresType;
  readonly sequences: number;
  readonly perMinute: number | undefined;
}

/** The six numbers of the board; the last is the promise. */
export function Figures({ figures, sequences, perMinute }: FiguresProps) {
  const { t } = useTranslation("live");
  const held = figures.held.reduce((sum, each) => sum + each.count, 0);
  return (
    <dl className={classes.row} aria-label={t("figures.label")}>
      <Figure icon={IconSend} color="accent-text" label={t("figures.sent")} value={figures.sent}>
        {perMinute === undefined ? "" : t("figures.perMinute", { count: perMinute })}
      </Figure>
      <Figure
        icon={IconPlayerPlay}
        color="accent-text"
        label={t("figures.onTheWay")}
        value={figures.on_the_way}
      >
        {t("figures.sequences", { count: sequences })}
      </Figure>
      <Figure icon={IconArrowBackUp} color="green" label={t("figures.replied")} value={figures.replied}>
        <ReplyRate figures={figures} />
      </Figure>
      <Figure icon={IconHourglass} color="amber" label={t("figures.held")} value={held}>
        <HeldReasons held={figures.held} />
      </Figure>
      <Figure icon={IconCircleCheck} color="text-3" label={t("figures.completed")} value={figures.completed}>
        {t("figures.ofFinished", { count: figures.finished })}
      </Figure>
      <Figure
        icon={IconShieldCheck}
        color={figures.sent_twice > 0 ? "red" : "text-3"}
        label={t("figures.sentTwice")}
        value={figures.sent_twice}
      >
        <span title={t("figures.sinceStartHint")}>{t("figures.sinceStart")}</span>
      </Figure>
    </dl>
  );
}

interface FigureProps {
  readonly icon: typeof IconSend;
  readonly color: string;
  readonly label: string;
  readonly value: number;
  readonly children: ReactNode;
}

function Figure({ icon: Icon, color, label, value, children }: FigureProps) {
  const { i18n } = useTranslation();
  return (
    <div className={classes.figure}>
      <Group component="dt" gap={8} wrap="nowrap" c="dimmed">
        <Icon size={16} stroke={1.75} color={`var(--db-${color})`} aria-hidden />
        {label}
      </Group>
      <dd className={classes.value}>
        <span key={value} className={classes.number}>
          {value.toLocaleString(i18n.language)}
        </span>
        <Text span fz="xs" lh="18px" className={classes.note}>
          {children}
        </Text>
      </dd>
    </div>
  );
}

function ReplyRate({ figures }: { readonly figures: FiguresType }) {
  const { t, i18n } = useTranslation("live");
  const rate = interval(figures.replied, figures.enrolled);
  if (rate === undefined) return null;
  const digits = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const { replied, enrolled } = figures;
  return (
    <span title={t("figures.intervalHint", { replied, enrolled })}>
      {t("figures.interval", { low: digits.format(rate.low * 100), high: digits.format(rate.high * 100) })}
    </span>
  );
}

function HeldReasons({ held }: { readonly held: FiguresType["held"] }) {
  const { t } = useTranslation("live");
  if (held.length === 0) return t("figures.nothingHeld");
  return held.map((each) => `${t(holdKey(each.reason))} ${each.count}`).join(", ");
}
