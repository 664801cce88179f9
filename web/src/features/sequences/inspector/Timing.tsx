import { Box } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { JobType } from "@/flow/document";
import { linear, waysOf } from "@/flow/ways";
import { PickOne } from "@/ui/picks";
import { DelayFields } from "../editor/DelayFields";
import type { InspectorProps } from "./Inspector";

const JOBS = ["initial_outreach", "follow_up_email", "re_engagement"] as const satisfies readonly JobType[];

/** When the step comes and what it does, as one sentence with pickers. */
export function Timing(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, acts, readOnly } = props;
  const before = stepBefore(props);
  const origin =
    before === undefined ? t("timing.afterStart") : t("timing.afterStep", { number: before + 1 });
  const pickers = {
    delay: (
      <DelayFields
        value={step.delay}
        label={t("delay.label")}
        disabled={readOnly}
        onChange={(delay) => {
          acts.change(step.key, { delay });
        }}
      />
    ),
    job: <Job {...props} />,
  };
  const isOwn = step.kind === "email" || step.kind === "task";
  return (
    <Box fz="md" lh="34px">
      <Trans
        t={t}
        i18nKey={`timing.${isOwn ? step.kind : "other"}`}
        values={{ origin }}
        components={pickers}
      />
    </Box>
  );
}

/** Return the place of a step that leads here, from 0; undefined where the flow begins. */
function stepBefore({ document, step }: InspectorProps): number | undefined {
  if (document.start === step.key) return undefined;
  const order = linear(document) ?? document.steps.map(({ key }) => key);
  const before = document.steps.find((each) => waysOf(each).some(({ to }) => to === step.key));
  return before && order.indexOf(before.key);
}

function Job({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  if (step.kind !== "email") return null;
  const job = JOBS.find((each) => each === step.job_type) ?? "initial_outreach";
  return (
    <PickOne
      label={t("timing.job")}
      disabled={readOnly}
      options={JOBS.map((each) => ({ value: each, label: t(`timing.as.${each}`) }))}
      value={job}
      onChange={(job_type) => {
        acts.change(step.key, { job_type });
      }}
    />
  );
}
