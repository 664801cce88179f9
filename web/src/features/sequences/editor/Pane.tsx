import { Group, Text } from "@mantine/core";
import { IconBolt, IconFlag } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { beats } from "@/flow/days";
import { plainLine, START } from "@/flow/ways";
import { SimulateHere } from "../numbers/SimulateHere";
import type { Overlay } from "../numbers/useSteps";
import { Rhythm } from "../rhythm/Rhythm";
import { rhythmWords } from "../rhythm/words";
import { useStartWords } from "../settings/rules/useStartWords";
import { jobTypeOf, kindWords } from "../stepWords";
import { Branches } from "./Branches";
import { WayOn } from "../inspector/WayOn";
import { Gap } from "./Gap";
import { Line } from "./Line";
import { ProblemList } from "./ProblemList";
import { worst } from "./problems";
import lead from "./Lead.module.css";
import pane from "./Pane.module.css";
import classes from "./Steps.module.css";
import type { LineProps } from "./types";

export interface PaneProps extends LineProps {
  readonly sequence: Sequence;
  readonly allProblems: readonly FlowProblem[];
  readonly overlay: Overlay;
}

/** The map of the whole, the line with its edges, and the problems. */
export function Pane({ sequence, allProblems, overlay, ...shared }: PaneProps) {
  const line = plainLine(shared.document);
  return (
    <section className={pane.left}>
      <Overview {...shared} overlay={overlay} />
      <div className={classes.line} data-steps>
        <Starts {...shared} settings={sequence.settings} />
        {shared.document.steps.length === 0 ? (
          <Gap
            here
            readOnly={shared.readOnly}
            onAdd={(offer) => {
              shared.acts.add(START, offer);
            }}
          />
        ) : line ? (
          <Line line={line} {...shared} />
        ) : (
          <Branches {...shared} />
        )}
        {line && <Ends reply={sequence.settings.exit_on_reply} />}
      </div>
      <ProblemList problems={allProblems} document={shared.document} onWalk={shared.acts.choose} />
    </section>
  );
}

type OverviewProps = LineProps & Pick<PaneProps, "overlay">;

function Overview({ document, days, chosen, problems, acts, overlay }: OverviewProps) {
  const { t } = useTranslation("sequences");
  const last = Math.max(0, ...[...days.values()].map(({ day }) => day));
  const marks = beats(document, days).map(({ step, day }) => ({
    key: step.key,
    kind: step.kind,
    jobType: jobTypeOf(step),
    day,
    name: kindWords(t, step),
    problem: worst(problems(step.key)),
  }));
  const words = rhythmWords(t, {
    step_count: document.steps.length,
    days: last,
    branches: plainLine(document) === undefined,
  });
  return (
    <div className={pane.overview}>
      <Group justify="space-between" mb={10} wrap="nowrap">
        <Text fw={600}>{words}</Text>
        <Text fz="xs" c="dimmed">
          {t("line.forNow")}
        </Text>
      </Group>
      <Rhythm marks={marks} radius={10} chosen={chosen} onChoose={acts.choose} />
      {document.steps.length > 0 && <SimulateHere overlay={overlay} />}
    </div>
  );
}

function Starts({ settings, ...line }: LineProps & Pick<Sequence, "settings">) {
  const { t } = useTranslation("sequences");
  const words = useStartWords(settings);
  return (
    <div className={classes.row}>
      <span />
      <div className={`${classes.edge ?? ""} ${lead.start ?? ""}`}>
        <IconBolt size={16} stroke={1.75} style={{ flex: "none" }} aria-hidden />
        <span>{words.length > 0 ? words.join(" ") : t("line.starts")}</span>
        {!line.readOnly && line.document.steps.length > 0 && (
          <span className={lead.lead}>
            <WayOn {...line} step={undefined} way={START.way} label={t("onward.start")} />
          </span>
        )}
      </div>
    </div>
  );
}

function Ends({ reply }: { readonly reply: Sequence["settings"]["exit_on_reply"] }) {
  const { t } = useTranslation("sequences");
  return (
    <div className={classes.row}>
      <span />
      <div className={classes.edge}>
        <IconFlag size={16} stroke={1.75} aria-hidden />
        <span>
          <Trans
            t={t}
            i18nKey={`line.endsAs.${reply}`}
            components={{ b: <b style={{ color: "var(--db-text)" }} /> }}
          />
        </span>
      </div>
    </div>
  );
}
