import { Button, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ConditionBuilder } from "../condition/ConditionBuilder";
import { ruleOn } from "../condition/fields";
import type { InspectorProps } from "./Inspector";
import { Section } from "./Section";

/** A condition without which the step is skipped. */
export function OnlyIf({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const held = step.only_if;
  const rules = held?.rules?.length ?? 0;
  return (
    <Section
      title={t("onlyIf.title")}
      now={held ? t("onlyIf.rules", { count: rules }) : t("onlyIf.everyone")}
    >
      <Stack gap="sm">
        <Text c="dimmed">{t("onlyIf.hint")}</Text>
        {held ? (
          <ConditionBuilder
            condition={held}
            readOnly={readOnly}
            onChange={(condition) => {
              const only_if = (condition.rules?.length ?? 0) > 0 ? condition : null;
              acts.change(step.key, { only_if }, `${step.key}.only_if`);
            }}
          />
        ) : (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            disabled={readOnly}
            onClick={() => {
              acts.change(step.key, { only_if: { rules: [ruleOn("stage")] } });
            }}
          >
            {t("onlyIf.add")}
          </Button>
        )}
      </Stack>
    </Section>
  );
}
