import { Box, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Next } from "@/api/types";
import { KindIcon } from "@/ui/kinds";
import { ahead } from "@/ui/time";
import { Panel, PanelEmpty, PanelRow } from "./Panel";
import classes from "./NextList.module.css";
import { holdKey, kindKey } from "./words";

interface NextListProps {
  readonly next: readonly Next[];
  readonly now: number;
}

const ROWS = 7;

/** What leaves next and what waits for what; a bar fills as its moment comes near. */
export function NextList({ next, now }: NextListProps) {
  const { t } = useTranslation("live");
  return (
    <Panel title={t("next.title")}>
      {next.length === 0 && <PanelEmpty>{t("next.empty")}</PanelEmpty>}
      {next.slice(0, ROWS).map((each) => (
        <NextRow key={each.key} next={each} now={now} />
      ))}
    </Panel>
  );
}

function NextRow({ next, now }: { readonly next: Next; readonly now: number }) {
  const { t } = useTranslation("live");
  const when = useWhen(next, now);
  const kind = t(kindKey(next.kind, next.job_type));
  const step = next.number > 0 ? t("next.step", { kind, number: next.number }) : kind;
  return (
    <PanelRow
      time={when}
      icon={<KindIcon kind={next.kind} jobType={next.job_type} />}
      who={next.contact}
      what={next.waits_for === "" ? step : t("next.waits", { reason: t(holdKey(next.waits_for)) })}
      end={
        <>
          <Text span inherit className={classes.sender}>
            {next.sender}
          </Text>
          <Nearness next={next} now={now} />
        </>
      }
    />
  );
}

/** Holds that end when a person lifts them have no moment. */
const UNTIL_LIFTED = new Set(["emergency_stop", "sequence_paused", "approval"]);

function useWhen(next: Next, now: number): string {
  const { t, i18n } = useTranslation("live");
  if (UNTIL_LIFTED.has(next.waits_for)) return t("next.held");
  const left = ahead(Date.parse(next.at), now, i18n.language);
  switch (left.kind) {
    case "now":
      return t("next.now");
    case "seconds":
      return t("next.seconds", { seconds: left.seconds });
    case "minutes":
      return t("next.minutes", { minutes: left.minutes, seconds: left.seconds });
    case "at":
      return t("next.at", { time: left.time });
  }
}

function Nearness({ next, now }: { readonly next: Next; readonly now: number }) {
  const from = Date.parse(next.since);
  const until = Date.parse(next.at);
  const share = until <= from ? 1 : Math.min(1, Math.max(0.02, (now - from) / (until - from)));
  return (
    <Box className={classes.bar} data-held={next.waits_for !== "" || undefined} aria-hidden>
      <span style={{ transform: `scaleX(${share.toFixed(3)})` }} />
    </Box>
  );
}
