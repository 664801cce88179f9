import { Group, NumberInput, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DELAY_UNITS, delayOf, LONGEST, writeDelay } from "@/flow/delay";

interface DelayFieldsProps {
  readonly value: string | undefined;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onChange: (delay: string) => void;
}

/** A delay as a number and its unit. */
export function DelayFields({ value, label, disabled = false, onChange }: DelayFieldsProps) {
  const { t } = useTranslation("sequences");
  const delay = delayOf(value);
  return (
    <Group component="span" display="inline-flex" gap={4} wrap="nowrap" role="group" aria-label={label}>
      <NumberInput
        size="xs"
        w={64}
        min={0}
        max={LONGEST[delay.unit]}
        allowDecimal={false}
        allowNegative={false}
        disabled={disabled}
        aria-label={t("delay.number")}
        value={delay.value}
        onChange={(number) => {
          onChange(writeDelay({ ...delay, value: Number(number) }));
        }}
      />
      <Select
        size="xs"
        w={118}
        allowDeselect={false}
        disabled={disabled}
        aria-label={t("delay.unit")}
        data={DELAY_UNITS.map((unit) => ({ value: unit, label: t(`unit.${unit}`, { count: delay.value }) }))}
        value={delay.unit}
        onChange={(chosen) => {
          const unit = DELAY_UNITS.find((each) => each === chosen) ?? delay.unit;
          onChange(writeDelay({ ...delay, unit }));
        }}
      />
    </Group>
  );
}
