import { Box, NumberInput, Stack, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { VoiceStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { secondsToSay } from "@/flow/spoken";
import { DelayFields } from "../../editor/DelayFields";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { PickWord } from "../PickWord";
import { useField } from "../useField";
import { Cost } from "./Weight";

/** A call, or voicemail: what is said, to a person and to a machine, and how often it is tried. */
export function VoiceForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<VoiceStep>(props);
  const { step, readOnly, problems } = props;
  if (step.kind !== "voice") return null;
  const call = { ...DEFAULTS.voice, ...step };
  const pickers = {
    human: (
      <PickWord
        label={t("voice.human")}
        words={{
          connect: t("voice.humans.connect"),
          read: t("voice.humans.read"),
          hang_up: t("voice.humans.hang_up"),
        }}
        value={call.on_human}
        readOnly={readOnly}
        onChange={(to) => {
          change("on_human", to);
        }}
      />
    ),
    machine: (
      <PickWord
        label={t("voice.machine")}
        words={{ leave_script: t("voice.machines.leave_script"), hang_up: t("voice.machines.hang_up") }}
        value={call.on_machine}
        readOnly={readOnly}
        onChange={(to) => {
          change("on_machine", to);
        }}
      />
    ),
    retries: (
      <NumberInput
        display="inline-block"
        w={60}
        size="xs"
        min={0}
        max={10}
        clampBehavior="strict"
        allowDecimal={false}
        aria-label={t("voice.retries")}
        disabled={readOnly}
        value={call.retries}
        onChange={(to) => {
          if (typeof to === "number") change("retries", to);
        }}
      />
    ),
    after: (
      <DelayFields
        label={t("voice.after")}
        value={call.retry_after}
        disabled={readOnly}
        onChange={(to) => {
          change("retry_after", to);
        }}
      />
    ),
  };
  return (
    <Stack gap="md">
      <At place="script" problems={problems(step.key)}>
        <ChipField
          label={t("voice.script")}
          value={call.script}
          lines
          readOnly={readOnly}
          onChange={(script) => {
            change("script", script);
          }}
        />
        <Text fz="xs" c="dimmed" className="tabular">
          {t("voice.takes", { count: secondsToSay(call.script) })} {t("voice.links")}
        </Text>
        <Cost channel="voice" text={call.script} />
      </At>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="voice.sentence" components={pickers} />
      </Box>
    </Stack>
  );
}
