import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Condition } from "@/flow/condition";
import { problemsAt } from "@/flow/places";
import { ruleOn } from "@/flow/rules";
import { worst } from "../editor/problems";
import { conditionIn } from "../stepWords";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";
import { StepCondition } from "./StepCondition";

const BEGUN: Condition = { rules: [ruleOn("event.replied", "event", "not_happened")] };

/** A condition without which the step is skipped. */
export function OnlyIf({ step, document, acts, readOnly, problems }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { fields } = useFlowNames();
  const held = step.only_if;
  const found = problemsAt(problems(step.key), "only_if");
  const put = (only_if: Condition | null, about?: string) => {
    acts.change(step.key, { only_if }, about);
  };
  return (
    <Section
      title={t("onlyIf.title")}
      now={held ? conditionIn(t, held, { document, fields }) : t("onlyIf.everyone")}
      problem={worst(found)}
      place="only_if"
    >
      <Stack gap="sm">
        <Text c="dimmed">{t("onlyIf.hint")}</Text>
        {held ? (
          <>
            <StepCondition
              condition={held}
              document={document}
              place="only_if"
              problems={found}
              readOnly={readOnly}
              onChange={(condition) => {
                put((condition.rules?.length ?? 0) > 0 ? condition : null, `${step.key}.only_if`);
              }}
            />
            {!readOnly && (
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    put(null);
                  }}
                >
                  {t("onlyIf.remove")}
                </Button>
              </Group>
            )}
          </>
        ) : (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            disabled={readOnly}
            onClick={() => {
              put(BEGUN);
            }}
          >
            {t("onlyIf.add")}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
