import { Box, Button, Stack, Text, Textarea } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Trans, useTranslation } from "react-i18next";
import type { AiDecideStep, AiQualifyStep } from "@/flow/document";
import { addEntry, changeEntry, freeName } from "@/flow/branches";
import { DEFAULTS } from "@/flow/fields";
import { problemsOf } from "@/flow/places";
import { DelayFields } from "../../editor/DelayFields";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { useField } from "../useField";
import { AiTrial } from "./AiTrial";
import { BranchCard } from "./BranchCard";
import { below } from "./ConditionForm";
import { Ways } from "./Ways";

interface QuestionProps extends InspectorProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
  readonly onAsk: (question: string) => void;
}

function Question({ step, problems, readOnly, value, label, placeholder, onAsk }: QuestionProps) {
  return (
    <At place="question" problems={problems(step.key)}>
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        label={label}
        placeholder={placeholder}
        disabled={readOnly}
        value={value}
        onChange={(event) => {
          onAsk(event.currentTarget.value);
        }}
      />
    </At>
  );
}

/** How long the answer may take; then the flow goes on as if it were unsure. */
function Limit(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<AiDecideStep>(props);
  const { step, readOnly, problems } = props;
  const held = "time_limit" in step ? step.time_limit : undefined;
  return (
    <At place="time_limit" problems={problems(step.key)}>
      <Box lh="32px">
        <Trans
          t={t}
          i18nKey="ai.limit"
          components={{
            limit: (
              <DelayFields
                label={t("ai.limitLabel")}
                disabled={readOnly}
                value={held ?? DEFAULTS.ai_decide.time_limit}
                onChange={(limit) => {
                  change("time_limit", limit);
                }}
              />
            ),
          }}
        />
      </Box>
    </At>
  );
}

/** A question and the answers among which the agent chooses; it can name no other. */
export function AiDecideForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<AiDecideStep>(props);
  const { step, acts, readOnly, problems } = props;
  if (step.kind !== "ai_decide") return null;
  const branches = step.branches ?? [];
  return (
    <Stack gap="sm">
      <Question
        {...props}
        label={t("ai.question")}
        placeholder={t("ai.questionExample")}
        value={step.question ?? ""}
        onAsk={(question) => {
          change("question", question);
        }}
      />
      <Text c="dimmed">{t("ai.answersHint")}</Text>
      <Stack gap="sm" component="ol" m={0} p={0}>
        {branches.map((branch, index) => (
          <BranchCard key={index} {...props} list="branches" index={index}>
            <Textarea
              mt="xs"
              size="xs"
              autosize
              minRows={1}
              aria-label={t("ai.description", { name: branch.name })}
              placeholder={t("ai.descriptionExample")}
              disabled={readOnly}
              value={branch.description ?? ""}
              onChange={(event) => {
                const description = event.currentTarget.value;
                acts.edit(
                  (held) => changeEntry(held, step.key, index, { description }),
                  `${step.key}.description.${index}`,
                );
              }}
            />
          </BranchCard>
        ))}
      </Stack>
      <At place="branches" problems={problemsOf(problems(step.key), "branches")}>
        {!readOnly && (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              const name = freeName(branches, (number) => t("ai.newAnswer", { number }));
              acts.edit((held) => addEntry(held, step.key, { name }, below(held, step.key)));
            }}
          >
            {t("ai.addAnswer")}
          </Button>
        )}
      </At>
      <Limit {...props} />
      <Ways {...props} ways={[{ way: "next", words: t("ai.fallback") }]} />
      <AiTrial key={step.key} {...props} />
    </Stack>
  );
}

/** What makes somebody qualified, and the three ways on. */
export function AiQualifyForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<AiQualifyStep>(props);
  const { step } = props;
  if (step.kind !== "ai_qualify") return null;
  return (
    <Stack gap="sm">
      <Question
        {...props}
        label={t("ai.qualify")}
        placeholder={t("ai.qualifyExample")}
        value={step.question ?? ""}
        onAsk={(question) => {
          change("question", question);
        }}
      />
      <Text c="dimmed">{t("ai.qualifyHint")}</Text>
      <Limit {...props} />
      <Ways
        {...props}
        ways={[
          { way: "qualified", words: t("ai.qualified") },
          { way: "unqualified", words: t("ai.unqualified") },
          { way: "next", words: t("ai.unclear") },
        ]}
      />
      <AiTrial key={step.key} {...props} />
    </Stack>
  );
}
