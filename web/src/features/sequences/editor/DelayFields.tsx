import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DELAY_UNITS, delayOf, LONGEST, writeDelay } from "@/flow/delay";
import { PickNumber, PickOne } from "@/ui/picks";

interface DelayFieldsProps {
  readonly value: string | undefined;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onChange: (delay: string) => void;
}

/** A delay as a number and its unit, to stand in a sentence. */
export function DelayFields({ value, label, disabled = false, onChange }: DelayFieldsProps) {
  const { t } = useTranslation("sequences");
  const delay = delayOf(value);
  return (
    <Group component="span" display="inline-flex" gap={4} wrap="nowrap" role="group" aria-label={label}>
      <PickNumber
        label={t("delay.number")}
        max={LONGEST[delay.unit]}
        disabled={disabled}
        value={delay.value}
        onChange={(number) => {
          onChange(writeDelay({ ...delay, value: number }));
        }}
      />
      <PickOne
        label={t("delay.unit")}
        disabled={disabled}
        options={DELAY_UNITS.map((unit) => ({
          value: unit,
          label: t(`unit.${unit}`, { count: delay.value }),
        }))}
        value={delay.unit}
        onChange={(unit) => {
          onChange(writeDelay({ ...delay, unit }));
        }}
      />
    </Group>
  );
}
