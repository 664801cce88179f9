import { Select, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames, type OwnField } from "@/api/flowNames";
import type { Happening } from "@/flow/trigger";
import { PickNumber, PickOne } from "@/ui/picks";
import { Sentence } from "@/ui/Sentence";

interface DateFieldsProps {
  readonly entry: Happening;
  readonly readOnly: boolean;
  readonly onChange: (entry: Happening) => void;
}

type When = "on" | "before" | "after";
const WHEN: readonly When[] = ["before", "on", "after"];
const DAYS_AT_FIRST = 7;

function whenOf(days: number): When {
  if (days === 0) return "on";
  return days < 0 ? "before" : "after";
}

/** A date of the contact, and how many days before or after it. */
export function DateFields({ entry, readOnly, onChange }: DateFieldsProps) {
  const { t } = useTranslation("sequences");
  const { days = 0, name = "" } = entry;
  const when = whenOf(days);
  const put = (count: number, to: When) => {
    onChange({ ...entry, days: to === "on" ? 0 : to === "before" ? -count : count });
  };
  const dates = useFlowNames().fields.filter(({ type }) => type === "date");
  return (
    <>
      <Sentence
        text={t(when === "on" ? "date.sentence" : "date.sentenceDays")}
        parts={{
          days: (
            <PickNumber
              label={t("date.days")}
              disabled={readOnly}
              min={1}
              max={3650}
              value={Math.abs(days)}
              onChange={(count) => {
                put(count, when);
              }}
            />
          ),
          when: (
            <PickOne
              label={t("date.when")}
              disabled={readOnly}
              options={WHEN.map((each) => ({ value: each, label: t(`date.${each}`) }))}
              value={when}
              onChange={(to) => {
                put(Math.abs(days) || DAYS_AT_FIRST, to);
              }}
            />
          ),
          field: (
            <DateField
              name={name}
              dates={dates}
              readOnly={readOnly}
              onChange={(field) => {
                onChange({ ...entry, name: field });
              }}
            />
          ),
        }}
      />
      {dates.length === 0 && (
        <Text fz="xs" c="dimmed">
          {t("date.none")}
        </Text>
      )}
    </>
  );
}

interface DateFieldProps {
  /** "" while none is chosen. */
  readonly name: string;
  readonly dates: readonly OwnField[];
  readonly readOnly: boolean;
  readonly onChange: (field: string) => void;
}

function DateField({ name, dates, readOnly, onChange }: DateFieldProps) {
  const { t } = useTranslation("sequences");
  const isKnown = name === "" || dates.some(({ field }) => field === name);
  return (
    <Select
      size="xs"
      w={190}
      display="inline-block"
      searchable
      allowDeselect={false}
      disabled={readOnly}
      aria-label={t("date.field")}
      placeholder={t("date.choose")}
      data={[
        ...dates.map(({ field, label }) => ({ value: field, label })),
        ...(isKnown ? [] : [{ value: name, label: name }]),
      ]}
      value={name === "" ? null : name}
      onChange={(field) => {
        onChange(field ?? "");
      }}
    />
  );
}
