import { Box, Select } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { EmailStep, JobType } from "@/flow/document";
import { linear, stepAt } from "@/flow/ways";
import { DelayFields } from "../editor/DelayFields";
import { stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";

const JOBS: readonly JobType[] = ["initial_outreach", "follow_up_email", "re_engagement"];

/** When the step comes and what it does, as one sentence with pickers. */
export function Timing(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, acts, readOnly } = props;
  const pickers = {
    delay: (
      <DelayFields
        value={step.delay}
        label={t("delay.label")}
        disabled={readOnly}
        onChange={(delay) => {
          acts.change(step.key, { delay }, `${step.key}.delay`);
        }}
      />
    ),
    job: <Job {...props} />,
  };
  return (
    <Box fz="md" lh="34px">
      <Trans
        t={t}
        i18nKey={`timing.${step.kind === "email" || step.kind === "task" ? step.kind : "other"}`}
        values={{ origin: origin(props, t) }}
        components={pickers}
      />
    </Box>
  );
}

type T = ReturnType<typeof useTranslation<"sequences">>["t"];

function origin({ document, step }: InspectorProps, t: T): string {
  if (document.start === step.key) return t("timing.afterStart");
  const line = linear(document);
  const at = line?.indexOf(step.key) ?? -1;
  if (at > 0) return t("timing.afterStep", { number: at });
  const before = document.steps.find((each) => each.next === step.key);
  return before === undefined
    ? t("timing.afterBefore")
    : t("timing.afterNamed", { step: stepTitle(t, stepAt(document, before.key) ?? before, document) });
}

function Job({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  if (step.kind !== "email") return null;
  return (
    <Select
      size="xs"
      w={230}
      display="inline-block"
      allowDeselect={false}
      disabled={readOnly}
      aria-label={t("timing.job")}
      data={JOBS.map((job) => ({ value: job, label: t(`timing.as.${job}`) }))}
      value={step.job_type ?? "initial_outreach"}
      onChange={(value) => {
        const job_type = JOBS.find((job) => job === value) ?? "initial_outreach";
        acts.change(step.key, { job_type } satisfies Partial<EmailStep>);
      }}
    />
  );
}
