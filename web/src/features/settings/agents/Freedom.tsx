import { Radio, Stack, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PickOne } from "@/ui/picks";
import { AUTONOMIES, KINDS, POLICIES } from "./form";
import type { FormProps } from "./Persona";

/** How far it goes without a person. */
export function Freedom({ form }: FormProps) {
  const { t } = useTranslation("settings");
  const { autonomy, policies } = form.values;
  return (
    <Stack gap="sm">
      <Radio.Group label={t("agents.autonomy")} {...form.getInputProps("autonomy")}>
        <Stack gap="sm" mt="xs">
          {AUTONOMIES.map((value) => (
            <Radio
              key={value}
              value={value}
              label={t(`agents.autonomies.${value}`)}
              description={t(`agents.autonomyHint.${value}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {autonomy === "controlled" && (
        <Table withRowBorders={false} w="auto" ml="lg" aria-label={t("agents.policies")}>
          <Table.Tbody>
            {KINDS.map((kind) => (
              <Table.Tr key={kind}>
                <Table.Th fw={400}>{t(`agents.kinds.${kind}`)}</Table.Th>
                <Table.Td>
                  <PickOne
                    label={t("agents.policyOf", { kind: t(`agents.kinds.${kind}`) })}
                    value={policies[kind]}
                    options={POLICIES.map((value) => ({ value, label: t(`agents.policy.${value}`) }))}
                    onChange={(policy) => {
                      form.setFieldValue("policies", { ...policies, [kind]: policy });
                    }}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Stack>
  );
}
