import { Group, NumberInput, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FormProps } from "./Persona";

/** How many drafts people see first, and how much of it a day. */
export function Limits({ form }: FormProps) {
  const { t } = useTranslation("settings");
  return (
    <Group grow align="flex-start" preventGrowOverflow={false}>
      <NumberInput
        min={0}
        allowDecimal={false}
        label={t("agents.warmUp")}
        description={t("agents.warmUpHint")}
        {...form.getInputProps("warm_up")}
      />
      <NumberInput
        min={1}
        allowDecimal={false}
        label={t("agents.draftsPerDay")}
        description={t("agents.draftsPerDayHint")}
        placeholder={t("agents.noCap")}
        {...form.getInputProps("drafts_per_day")}
      />
      <TextInput
        inputMode="decimal"
        label={t("agents.costPerDay")}
        description={t("agents.costPerDayHint")}
        placeholder={t("agents.noCap")}
        {...form.getInputProps("cost_per_day")}
      />
    </Group>
  );
}
