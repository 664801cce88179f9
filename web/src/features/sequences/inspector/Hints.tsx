import { Stack, Text, Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EmailStep, Hints as Held, Step } from "@/flow/document";
import { authorOf } from "./agent/author";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";
import { useField } from "./useField";

const HINTS = ["angle", "call_to_action", "value_proposition"] as const;

/** What an agent should aim for: kept beside a step that it does not write. */
export function HintsSection(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step } = props;
  if (!isSend(step.kind) || authorOf(step) === "agent") return null;
  const held = heldBy(step);
  const count = HINTS.filter((name) => (held[name] ?? "") !== "").length;
  return (
    <Section title={t("hints.title")} now={count === 0 ? t("hints.none") : t("hints.some", { count })}>
      <HintFields {...props} />
    </Section>
  );
}

/** Hints, not literal copy. */
export function HintFields(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<EmailStep>(props);
  const { step, readOnly } = props;
  const held = heldBy(step);
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t("hints.hint")}</Text>
      {HINTS.map((name) => (
        <Textarea
          key={name}
          autosize
          minRows={1}
          maxRows={5}
          label={t(`hints.${name}`)}
          placeholder={t(`hints.example.${name}`)}
          disabled={readOnly}
          value={held[name] ?? ""}
          onChange={(event) => {
            const next = { ...held, [name]: event.currentTarget.value };
            const kept = Object.entries(next).filter(([, text]) => text !== "");
            change("hints", Object.fromEntries(kept));
          }}
        />
      ))}
    </Stack>
  );
}

function heldBy(step: Step): Held {
  return "hints" in step ? (step.hints ?? {}) : {};
}

export function isSend(kind: string): boolean {
  return ["email", "sms", "whatsapp", "voice"].includes(kind);
}
