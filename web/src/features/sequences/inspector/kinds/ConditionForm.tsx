import { Box, Button, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import { addEntry, changeEntry } from "@/flow/branches";
import type { Condition } from "@/flow/condition";
import { problemsOf } from "@/flow/places";
import { ruleOn } from "@/flow/rules";
import { AFTER, targetOf } from "@/flow/slots";
import { branchName, nameAsking } from "../../editor/branchNames";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { StepCondition } from "../StepCondition";
import { BranchCard } from "./BranchCard";
import { Ways } from "./Ways";

/** The branches of a condition, in the order in which they are asked; who fits none goes on as else. */
export function ConditionForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const { step, acts, readOnly, document, problems } = props;
  const { fields } = useFlowNames();
  if (step.kind !== "condition") return null;
  const branches = step.branches ?? [];
  const found = problems(step.key);
  const nameOf = (index: number, condition: Condition) => nameAsking(t, branches, index, condition, fields);
  return (
    <Stack gap="sm">
      <Text c="dimmed">{t("branches.hint")}</Text>
      <Stack gap="sm" component="ol" m={0} p={0}>
        {branches.map((branch, index) => (
          <BranchCard key={index} {...props} list="branches" index={index}>
            <Box pt="sm">
              <StepCondition
                condition={branch.condition}
                document={document}
                place={`branches[${index}].condition`}
                problems={found}
                readOnly={readOnly}
                onChange={(condition) => {
                  acts.edit(
                    (held) =>
                      changeEntry(held, step.key, index, { condition, name: nameOf(index, condition) }),
                    `${step.key}.condition.${index}`,
                  );
                }}
              />
            </Box>
          </BranchCard>
        ))}
      </Stack>
      <At place="branches" problems={problemsOf(found, "branches")}>
        {!readOnly && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              const condition = { rules: [ruleOn("event.replied", "event")] };
              const name = branchName(t, condition, branches, fields);
              acts.edit((held) => addEntry(held, step.key, { name, condition }, below(held, step.key)));
            }}
          >
            {t("branches.add")}
          </Button>
        )}
      </At>
      <Ways {...props} ways={[{ way: "next", words: t("branches.else") }]} />
    </Stack>
  );
}

/** Where a new way of a step goes on: where the others come together. */
export function below(document: InspectorProps["document"], key: string): string | null {
  return targetOf(document, { step: key, way: AFTER });
}
