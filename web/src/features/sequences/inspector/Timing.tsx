import { Box } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { EmailStep, JobType, Kind } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { waysOf } from "@/flow/ways";
import { PickOne } from "@/ui/picks";
import { DelayFields } from "../editor/DelayFields";
import type { InspectorProps } from "./Inspector";

/** The kinds of mail and of calls that each channel knows. */
const JOBS: Partial<Record<Kind, readonly JobType[]>> = {
  email: ["initial_outreach", "follow_up_email", "re_engagement"],
  sms: ["initial_outreach", "follow_up_email", "re_engagement"],
  whatsapp: ["initial_outreach", "follow_up_email", "re_engagement"],
  voice: ["voicemail_drop", "initial_outreach"],
};

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
          acts.change(step.key, { delay }, `${step.key}.delay`);
        }}
      />
    ),
    job: <Job {...props} />,
    sender: <Sender {...props} />,
  };
  const key = step.kind in JOBS ? "send" : step.kind === "task" ? "task" : "other";
  return (
    <Box fz="md" lh="34px" data-place="delay">
      <Trans t={t} i18nKey={`timing.${key}`} values={{ origin }} components={pickers} />
    </Box>
  );
}

/** Return the place of a step that leads here, from 0; undefined where the flow begins. */
function stepBefore({ document, step }: InspectorProps): number | undefined {
  if (document.start === step.key) return undefined;
  const before = document.steps.find((each) =>
    waysOf(each).some(({ way, to }) => way !== "target" && to === step.key),
  );
  return before && inOrder(document).indexOf(before.key);
}

function Job({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const jobs = JOBS[step.kind];
  if (jobs === undefined || !("kind" in step)) return null;
  const held = (step as EmailStep).job_type;
  const job = jobs.find((each) => each === held) ?? jobs[0] ?? "initial_outreach";
  const words = step.kind === "email" || step.kind === "voice" ? step.kind : "text";
  return (
    <PickOne
      label={t("timing.job")}
      disabled={readOnly}
      options={jobs.map((each) => ({
        value: each,
        label: t(`timing.as.${words}.${each as "initial_outreach"}`),
      }))}
      value={job}
      onChange={(job_type) => {
        acts.change(step.key, { job_type });
      }}
    />
  );
}

const USUAL = "";

/** Whose mailbox sends this step; usually the one of the enrollment. */
function Sender({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { senders } = useFlowNames();
  const held = "sender" in step ? (step.sender ?? USUAL) : USUAL;
  const known = senders.map(({ address }) => address);
  return (
    <PickOne
      label={t("timing.sender")}
      disabled={readOnly}
      options={[
        { value: USUAL, label: t("timing.usualSender") },
        ...senders.map(({ name, address }) => ({
          value: address,
          label: name === "" ? address : `${name} <${address}>`,
        })),
        ...(held === USUAL || known.includes(held) ? [] : [{ value: held, label: held }]),
      ]}
      value={held}
      onChange={(sender) => {
        acts.change(step.key, { sender: sender === USUAL ? null : sender });
      }}
    />
  );
}
