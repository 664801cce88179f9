// What reaches a contact by phone: a short message, WhatsApp, a call or voicemail.
import { Box, NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import type { SmsStep, VoiceStep, WhatsAppStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { DelayFields } from "../../editor/DelayFields";
import { ChipField } from "../../text/ChipField";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { PickWord } from "../PickWord";
import { useField } from "../useField";
import { Variables } from "./Variables";

const SMS_LENGTH = 160;

export function SmsForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SmsStep>(props);
  const { step, readOnly, problems } = props;
  if (step.kind !== "sms") return null;
  const text = step.text ?? "";
  return (
    <At place="text" problems={problems(step.key)}>
      <ChipField
        label={t("sms.text")}
        value={text}
        lines
        readOnly={readOnly}
        onChange={(to) => {
          change("text", to);
        }}
      />
      <Text fz="xs" c="dimmed" className="tabular">
        {t("sms.length", { count: text.length, parts: Math.max(1, Math.ceil(text.length / SMS_LENGTH)) })}
      </Text>
    </At>
  );
}

export function WhatsAppForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<WhatsAppStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "whatsapp") return null;
  const problems = props.problems(step.key);
  return (
    <Stack gap="md">
      <At place="template_id" problems={problems}>
        <TextInput
          label={t("whatsapp.template")}
          description={t("whatsapp.templateHint")}
          maw={380}
          disabled={readOnly}
          value={step.template_id ?? ""}
          onChange={(event) => {
            change("template_id", event.currentTarget.value.trim() || null);
          }}
        />
      </At>
      {step.template_id != null && (
        <At place="template_variables" problems={problems}>
          <Variables
            held={step.template_variables ?? {}}
            readOnly={readOnly}
            onChange={(held) => {
              change("template_variables", held);
            }}
          />
        </At>
      )}
      <At place="text" problems={problems}>
        <ChipField
          label={t("whatsapp.text")}
          value={step.text ?? ""}
          lines
          readOnly={readOnly}
          onChange={(text) => {
            change("text", text);
          }}
        />
      </At>
    </Stack>
  );
}

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
      </At>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="voice.sentence" components={pickers} />
      </Box>
    </Stack>
  );
}
