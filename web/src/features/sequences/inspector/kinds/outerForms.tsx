// What reaches beyond the contact: another sequence, another program, the end.
import { Autocomplete, Box, Input, Stack, Switch, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { EndStep, OtherSequenceStep, WebhookStep } from "@/flow/document";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { FormProps } from "../FormProps";
import { PickWord } from "../PickWord";
import { useField } from "../useField";
import classes from "./Kinds.module.css";

export function OtherSequenceForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<OtherSequenceStep>(props);
  const names = useFlowNames();
  const { step, readOnly, problems, sequence } = props;
  if (step.kind !== "other_sequence") return null;
  const others = names.sequences.filter((name) => name !== sequence.name);
  return (
    <At place="sequence" problems={problems(step.key)}>
      <Box fz="md" lh="34px">
        <Trans
          t={t}
          i18nKey={`otherSequence.${step.action ?? "enroll"}`}
          components={{
            action: (
              <PickWord
                label={t("otherSequence.action")}
                words={{ enroll: t("otherSequence.doEnroll"), finish: t("otherSequence.doFinish") }}
                value={step.action ?? "enroll"}
                readOnly={readOnly}
                onChange={(action) => {
                  change("action", action);
                }}
              />
            ),
            sequence: (
              <Autocomplete
                display="inline-block"
                w={280}
                size="xs"
                aria-label={t("otherSequence.sequence")}
                placeholder={t("otherSequence.sequence")}
                maxDropdownHeight={280}
                disabled={readOnly}
                data={[...new Set(others)]}
                value={step.sequence ?? ""}
                onChange={(name) => {
                  change("sequence", name);
                }}
              />
            ),
          }}
        />
      </Box>
      <Text c="dimmed">{t("otherSequence.hint")}</Text>
    </At>
  );
}

/** The shape of what is sent where no body is written. Mirrors core/webhook.py. */
const USUAL_BODY = `{
  "type": "sequence.step",
  "timestamp": "2026-11-24T09:00:00Z",
  "data": {
    "enrollment": {…}, "contact": {…},
    "sequence": {…}, "step": {…}
  }
}`;

export function WebhookForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<WebhookStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "webhook") return null;
  const problems = props.problems(step.key);
  const body = step.body ?? "";
  return (
    <Stack gap="md">
      <At place="url" problems={problems}>
        <ChipField
          label={t("webhook.url")}
          value={step.url ?? ""}
          readOnly={readOnly}
          onChange={(url) => {
            change("url", url);
          }}
        />
      </At>
      <At place="body" problems={problems}>
        <ChipField
          label={t("webhook.body")}
          value={body}
          lines
          readOnly={readOnly}
          onChange={(text) => {
            change("body", text);
          }}
        />
      </At>
      <Input.Wrapper label={t("webhook.sent")} description={t("webhook.sentHint")}>
        <pre className={classes.sent} tabIndex={0}>
          {body.trim() === "" ? USUAL_BODY : t("webhook.own")}
        </pre>
      </Input.Wrapper>
    </Stack>
  );
}

export function EndForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<EndStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "end") return null;
  return (
    <Switch
      label={t("end.goal")}
      description={t("end.hint")}
      disabled={readOnly}
      checked={step.goal ?? false}
      onChange={(event) => {
        change("goal", event.currentTarget.checked);
      }}
    />
  );
}
