import { List, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBulb } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePreview } from "@/api/sequenceContent";
import type { FlowDocument, Step } from "@/flow/document";
import type { InspectorProps } from "../Inspector";
import { useAdviceText } from "./useAdviceText";

const TYPING = 900;

/** What makes the mail look like spam, or hard to read, as it would leave now; the server looks, nothing is blocked. */
export function MailHints({ step, document, sequence }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const adviceText = useAdviceText();
  const [asked] = useDebouncedValue(step, TYPING);
  const isSame = asked.key === step.key;
  const shown = { step: asked.key, document: { ...withThread(asked, document) }, contact: undefined };
  const { data } = usePreview(sequence.id, shown, isSame && says(asked));
  if (data === undefined || data.advice.length === 0 || !isSame) return null;
  return (
    <section aria-label={t("compose.advice.title")} title={t("compose.advice.hint")}>
      <Text fz="xs" fw={600} mb={4}>
        {t("compose.advice.title")}
      </Text>
      <List
        size="xs"
        spacing={4}
        icon={<IconBulb size={14} stroke={1.75} aria-hidden color="var(--db-amber)" />}
      >
        {data.advice.map((each) => (
          <List.Item key={each.code}>{adviceText(each)}</List.Item>
        ))}
      </List>
    </section>
  );
}

function says(step: Step): boolean {
  if (step.kind !== "email") return false;
  const { text = "", html = "", mjml = "" } = step.content ?? {};
  return `${text}${html}${mjml}`.trim() !== "";
}

/** Return a flow of the step and the mail whose thread it continues: all that a preview looks at. */
function withThread(step: Step, document: FlowDocument): FlowDocument {
  const before = document.steps.slice(
    0,
    Math.max(
      0,
      document.steps.findIndex(({ key }) => key === step.key),
    ),
  );
  const thread = before.find((each) => each.kind === "email" && (each.content?.subject ?? "") !== "");
  const steps = [...(thread === undefined ? [] : [thread]), step];
  return { format: 1, start: step.key, steps: steps.map(alone) };
}

function alone(step: Step): Step {
  const kept = Object.entries(step).filter(([name]) => !["only_if", "on_skip", "on_failure"].includes(name));
  return { ...(Object.fromEntries(kept) as unknown as Step), next: null };
}
