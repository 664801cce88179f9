import { ActionIcon, Button, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Branch } from "@/flow/document";
import { addBranch, renameWay } from "@/flow/edits";
import { ConditionBuilder } from "../condition/ConditionBuilder";
import { ruleOn } from "../condition/fields";
import type { InspectorProps } from "./Inspector";

/** The branches of a condition, in the order in which they are asked; who fits none goes on below. */
export function ConditionForm({ step, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  if (step.kind !== "condition") return null;
  const branches = step.branches ?? [];
  const put = (changed: readonly Branch[], about?: string) => {
    acts.change(step.key, { branches: changed }, about);
  };
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t("branch.hint")}</Text>
      {branches.map((branch, index) => (
        <Paper key={index} withBorder p="sm" radius="md">
          <Group gap="sm" mb="sm" wrap="nowrap">
            <TextInput
              flex={1}
              size="xs"
              fw={600}
              maxLength={200}
              disabled={readOnly}
              aria-label={t("branch.name")}
              placeholder={t("branch.name")}
              value={branch.name}
              onChange={(event) => {
                const name = event.currentTarget.value;
                acts.edit(
                  (document) => renameWay(document, step.key, index, name),
                  `${step.key}.branch.${index}`,
                );
              }}
            />
            {!readOnly && (
              <ActionIcon
                aria-label={t("branch.remove", { name: branch.name })}
                onClick={() => {
                  put(branches.toSpliced(index, 1));
                }}
              >
                <IconTrash size={16} />
              </ActionIcon>
            )}
          </Group>
          <ConditionBuilder
            condition={branch.condition}
            readOnly={readOnly}
            onChange={(condition) => {
              put(branches.with(index, { ...branch, condition }), `${step.key}.condition.${index}`);
            }}
          />
        </Paper>
      ))}
      {!readOnly && (
        <Button
          size="xs"
          variant="default"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            const name = t("branch.new", { number: branches.length + 1 });
            const condition = { rules: [ruleOn("event.replied")] };
            acts.edit((document) => addBranch(document, step.key, { name, condition }));
          }}
        >
          {t("branch.add")}
        </Button>
      )}
    </Stack>
  );
}
