import { Box, Button, Group, Stack, Text } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TriedCall, useTryCall } from "@/api/callTrials";
import type { Step } from "@/flow/document";
import { same } from "@/flow/fields";
import { problemText } from "../../problemText";
import { ContactPicker } from "../ContactPicker";
import type { InspectorProps } from "../Inspector";
import { Section } from "../Section";
import { WebhookForm } from "./outerForms";
import classes from "./Kinds.module.css";

/** A webhook, and a call of it as a test. */
export function WebhookStepForm(props: InspectorProps) {
  return (
    <>
      <WebhookForm {...props} />
      <CallTrial key={props.step.key} {...props} />
    </>
  );
}

/** What the step would call for somebody, called now: what was asked, what came back, how long it took. */
export function CallTrial({ step, document, sequence, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const [contact, setContact] = useState<number>();
  const called = useTryCall(sequence.id);
  const [tried, setTried] = useState<Step>();
  // Of the step as it was called; once it is edited, what came of that says nothing of it.
  const isOfThis = same(tried, step);
  const told = isOfThis ? called.data : undefined;
  if (readOnly) return null;
  return (
    <Section title={t("call.title")} now={t("call.now")}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <ContactPicker
            label={t("call.who")}
            value={contact}
            onChange={(chosen) => {
              called.reset();
              setContact(chosen);
            }}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlugConnected size={14} aria-hidden />}
            loading={called.isPending}
            onClick={() => {
              setTried(step);
              called.mutate({ step: step.key, document: { ...document }, contact_id: contact ?? null });
            }}
          >
            {t(told === undefined ? "call.call" : "call.again")}
          </Button>
        </Group>
        <div role="status">
          {isOfThis && called.error !== null && <Text c="red">{problemText(t, called.error)}</Text>}
          {told !== undefined && <Told call={told} />}
        </div>
        <Text fz="xs" c="dimmed">
          {t("call.hint")}
        </Text>
      </Stack>
    </Section>
  );
}

const COLOURS = { delivered: "var(--db-green)", tried_again: "var(--db-amber)", failed: "red" } as const;

function Told({ call }: { readonly call: TriedCall }) {
  const { t, i18n } = useTranslation("sequences");
  const seconds = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 }).format(
    call.milliseconds / 1000,
  );
  const head = call.headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
  return (
    <Stack gap={6}>
      <Text c={COLOURS[call.outcome]} fw={600}>
        {t(`call.outcome.${call.outcome}`)}
      </Text>
      <Text fz="xs" c="dimmed" className="tabular">
        {call.code === "" ? t("call.noAnswer", { seconds }) : t("call.status", { code: call.code, seconds })}
      </Text>
      <Part
        name={t(call.code === "" ? "call.why" : "call.answer")}
        text={call.text === "" ? t("call.empty") : call.text}
      />
      <Part name={t("call.asked")} text={`POST ${call.url}\n${head}\n\n${indented(call.body)}`} />
    </Stack>
  );
}

/** The body as people read JSON. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body; // so long that only its beginning came
  }
}

function Part({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <Box>
      <Text fz="xs" c="dimmed">
        {name}
      </Text>
      <pre className={classes.sent} tabIndex={0} aria-label={name}>
        {text}
      </pre>
    </Box>
  );
}
