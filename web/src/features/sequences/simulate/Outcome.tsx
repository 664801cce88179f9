import { Group, SegmentedControl, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Simulation } from "@/api/simulations";
import { Figure } from "@/ui/Figure";
import { dayOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { DayChart } from "./DayChart";
import { DayTable } from "./DayTable";
import { drawnOf, lengthOf, overflowsOf } from "./outcome";
import classes from "./Simulate.module.css";
import { StepTable } from "./StepTable";

/** What would happen: figures, days, what waits, who ends where, each step. */
export function Outcome({ simulation }: { readonly simulation: Simulation }) {
  const { t } = useTranslation("simulate");
  return (
    <div className={classes.outcome} role="status" aria-label={t("volumes")}>
      <Figures simulation={simulation} />
      <Volumes simulation={simulation} />
      <Title order={3}>{t("overflows")}</Title>
      <Overflows simulation={simulation} />
      <Title order={3}>{t("ends")}</Title>
      <Ends simulation={simulation} />
      <Title order={3}>{t("steps")}</Title>
      <StepTable steps={simulation.steps} />
    </div>
  );
}

interface PartProps {
  readonly simulation: Simulation;
}

function Figures({ simulation: { people, messages, ...told } }: PartProps) {
  const { t, i18n } = useTranslation("simulate");
  const now = useNow(60_000);
  const day = (at: string | null) =>
    at === null ? t("figures.none") : dayOf(Date.parse(at), now, { language: i18n.language });
  return (
    <Group gap="xl">
      <Figure value={people} label={t("figures.people", { count: people })} />
      <Figure value={messages} label={t("figures.messages", { count: messages })} />
      <Figure value={day(told.first_send_at)} label={t("figures.first")} />
      <Figure value={day(told.last_send_at)} label={t("figures.last")} />
    </Group>
  );
}

function Volumes({ simulation }: PartProps) {
  const { t } = useTranslation("simulate");
  const [as, setAs] = useState("chart");
  const drawn = drawnOf(simulation);
  if (drawn.days.length === 0) return <Text c="dimmed">{t("nothing")}</Text>;
  return (
    <section aria-label={t("volumes")}>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t("volumes")}</Title>
        <SegmentedControl
          size="xs"
          value={as}
          onChange={setAs}
          aria-label={t("volumes")}
          data={[
            { value: "chart", label: t("asChart") },
            { value: "table", label: t("asTable") },
          ]}
        />
      </Group>
      {as === "chart" ? <DayChart drawn={drawn} /> : <DayTable days={drawn.days} />}
    </section>
  );
}

function Overflows({ simulation }: PartProps) {
  const { t } = useTranslation("simulate");
  const { delay } = useWords();
  const overflows = overflowsOf(simulation);
  if (overflows.length === 0) return <Text c="dimmed">{t("noOverflow")}</Text>;
  return (
    <ul className={classes.list}>
      {overflows.map(({ sender, reason, messages, longestMinutes }) => {
        const { unit, count } = lengthOf(longestMinutes);
        const longest = delay(count, unit);
        return (
          <li key={`${sender} ${reason}`}>{t(`overflow.${reason}`, { count: messages, sender, longest })}</li>
        );
      })}
    </ul>
  );
}

function Ends({ simulation: { ends, people } }: PartProps) {
  const { i18n } = useTranslation("simulate");
  const { word } = useWords();
  const label = (state: string, reason: string) => {
    if (state === "finished") return word("finished", reason);
    if (reason === "") return word("state", state);
    return `${word("state", state)}: ${word(state === "blocked" ? "blockReason" : "pauseReason", reason)}`;
  };
  return (
    <ul className={classes.ends}>
      {ends.map(({ state, reason, people: count }) => (
        <li key={`${state} ${reason}`}>
          <span>{label(state, reason)}</span>
          <span className={classes.track} aria-hidden>
            <span style={{ width: `${(100 * count) / people}%` }} />
          </span>
          <span className="tabular">{count.toLocaleString(i18n.language)}</span>
        </li>
      ))}
    </ul>
  );
}
