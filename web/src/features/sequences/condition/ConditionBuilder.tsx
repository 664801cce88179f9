import { ActionIcon, Autocomplete, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Condition, Rule } from "@/flow/condition";
import { FIELDS, operatorsOf, readValue, ruleOn, takesValue, writtenValue } from "./fields";

interface ConditionBuilderProps {
  readonly condition: Condition;
  readonly readOnly: boolean;
  readonly onChange: (condition: Condition) => void;
}

/** Rules joined by all or any. Groups within groups are kept and counted, but not edited here. */
export function ConditionBuilder({ condition, readOnly, onChange }: ConditionBuilderProps) {
  const { t } = useTranslation("sequences");
  const rules = condition.rules ?? [];
  const put = (changed: Condition["rules"]) => {
    onChange({ ...condition, rules: changed ?? [] });
  };
  return (
    <Stack gap={8}>
      {rules.length > 1 && (
        <Select
          size="xs"
          w={200}
          allowDeselect={false}
          disabled={readOnly}
          aria-label={t("condition.join")}
          data={[
            { value: "and", label: t("condition.and") },
            { value: "or", label: t("condition.or") },
          ]}
          value={condition.combinator ?? "and"}
          onChange={(combinator) => {
            onChange({ ...condition, combinator: combinator === "or" ? "or" : "and" });
          }}
        />
      )}
      {rules.map((rule, index) => (
        <Group key={index} gap={6} wrap="nowrap" align="flex-start">
          {"field" in rule ? (
            <RuleFields
              rule={rule}
              readOnly={readOnly}
              onChange={(changed) => {
                put(rules.with(index, changed));
              }}
            />
          ) : (
            <Text c="dimmed" flex={1}>
              {t("condition.group", { count: rule.rules?.length ?? 0 })}
            </Text>
          )}
          {!readOnly && (
            <ActionIcon
              size="sm"
              mt={2}
              aria-label={t("condition.removeRule")}
              onClick={() => {
                put(rules.toSpliced(index, 1));
              }}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!readOnly && (
        <Button
          size="xs"
          variant="subtle"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            put([...rules, ruleOn("event.replied")]);
          }}
        >
          {t("condition.addRule")}
        </Button>
      )}
    </Stack>
  );
}

interface RuleFieldsProps {
  readonly rule: Rule;
  readonly readOnly: boolean;
  readonly onChange: (rule: Rule) => void;
}

function RuleFields({ rule, readOnly, onChange }: RuleFieldsProps) {
  const { t } = useTranslation("sequences");
  return (
    <Group gap={6} flex={1} wrap="wrap">
      <Autocomplete
        size="xs"
        w={170}
        disabled={readOnly}
        aria-label={t("condition.field")}
        data={Object.keys(FIELDS)}
        value={rule.field}
        onChange={(field) => {
          const keeps = operatorsOf(field).includes(rule.operator);
          onChange(keeps ? { ...rule, field } : ruleOn(field));
        }}
      />
      <Select
        size="xs"
        w={150}
        allowDeselect={false}
        disabled={readOnly}
        aria-label={t("condition.operator")}
        data={operatorsOf(rule.field).map((operator) => ({
          value: operator,
          label: t(`operator.${operator}`),
        }))}
        value={rule.operator}
        onChange={(chosen) => {
          const operator = chosen ?? "equals";
          onChange(
            takesValue(operator)
              ? { ...rule, operator, value: readValue(writtenValue(rule.value), { ...rule, operator }) }
              : ruleOn(rule.field, operator),
          );
        }}
      />
      {takesValue(rule.operator) && (
        <TextInput
          size="xs"
          w={150}
          disabled={readOnly}
          aria-label={t("condition.value")}
          defaultValue={writtenValue(rule.value)}
          onChange={(event) => {
            onChange({ ...rule, value: readValue(event.currentTarget.value, rule) });
          }}
        />
      )}
    </Group>
  );
}
