import { Button, Group, Stack, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type TriedDecision, useTryDecision } from "@/api/decisions";
import { problemText } from "../../problemText";
import { ContactPicker } from "../ContactPicker";
import type { InspectorProps } from "../Inspector";
import { Section } from "../Section";

/** What the step would decide for somebody, asked now: the way, why, how surely, what it cost. Nobody moves. */
export function AiTrial({ step, sequence }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const [contact, setContact] = useState<number>();
  const asked = useTryDecision(sequence.id);
  return (
    <Section title={t("decide.title")} now={t("decide.now")}>
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <ContactPicker
            label={t("decide.who")}
            none={t("decide.nobody")}
            value={contact}
            onChange={(chosen) => {
              asked.reset();
              setContact(chosen);
            }}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSparkles size={14} aria-hidden />}
            disabled={contact === undefined}
            loading={asked.isPending}
            onClick={() => {
              if (contact !== undefined) asked.mutate({ step: { ...step }, contact });
            }}
          >
            {t(asked.data === undefined ? "decide.ask" : "decide.again")}
          </Button>
        </Group>
        <div role="status">
          {asked.error !== null && <Text c="red">{problemText(t, asked.error)}</Text>}
          {asked.data !== undefined && <Decided decided={asked.data} />}
        </div>
        <Text fz="xs" c="dimmed">
          {t("decide.hint")}
        </Text>
      </Stack>
    </Section>
  );
}

const WAYS = ["qualified", "unqualified", "unclear", "else"] as const;

function Decided({ decided }: { readonly decided: TriedDecision }) {
  const { t } = useTranslation("sequences");
  const { way, is_fallback: isFallback, reason } = decided;
  const known = WAYS.find((each) => each === way);
  return (
    <Stack gap={4}>
      <Text>
        {t(isFallback ? "decide.fallback" : "decide.way")}{" "}
        <Text span inherit fw={600}>
          {known === undefined ? way : t(`decide.ways.${known}`)}
        </Text>
      </Text>
      {reason !== "" && <Text>{reason}</Text>}
      <Text fz="xs" c="dimmed" className="tabular">
        {figures(t, decided).join(" · ")}
      </Text>
    </Stack>
  );
}

function figures(t: TFunction<"sequences">, { confidence, score, model, cost }: TriedDecision): string[] {
  return [
    confidence === null ? "" : t("decide.sure", { percent: Math.round(confidence * 100) }),
    score === null ? "" : t("decide.score", { score: Math.round(score) }),
    model,
    cost === null ? "" : t("decide.cost", { cost }),
  ].filter((each) => each !== "");
}
