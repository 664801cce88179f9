import { Checkbox, Group, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { NumberChannel } from "@/api/numbers";
import { PickDays, PickTime } from "@/ui/picks";
import { Sentence } from "@/ui/Sentence";
import type { Pace } from "./pace";

const STANDINGS = ["pending", "registered", "refused"] as const;

export type PaceForm = UseFormReturnType<Pace>;

interface PaceFieldsProps {
  readonly form: PaceForm;
  readonly channel: NumberChannel;
}

/** How much a number sends, when, by which pool, and how it stands with carriers. */
export function PaceFields({ form, channel }: PaceFieldsProps) {
  const { t } = useTranslation("settings");
  return (
    <>
      <TextInput label={t("numbers.account.name")} {...form.getInputProps("name")} />
      <Group grow align="flex-start">
        <NumberInput
          min={1}
          label={t("numbers.perDay")}
          placeholder={t("numbers.noCap")}
          {...form.getInputProps("perDay")}
        />
        <NumberInput
          min={1}
          label={t("numbers.perMinute")}
          placeholder={t("numbers.noCap")}
          {...form.getInputProps("perMinute")}
        />
      </Group>
      <Hours form={form} />
      {channel !== "voice" && (
        <TextInput
          label={t("numbers.service")}
          description={t("numbers.serviceHint")}
          {...form.getInputProps("service")}
        />
      )}
      {channel === "sms" && (
        <NativeSelect
          label={t("numbers.registration.label")}
          description={t("numbers.registration.hint")}
          data={[
            { value: "", label: t("numbers.registration.unset") },
            ...STANDINGS.map((value) => ({ value, label: t(`numbers.registration.${value}`) })),
          ]}
          {...form.getInputProps("registration")}
        />
      )}
    </>
  );
}

function Hours({ form }: { readonly form: PaceForm }) {
  const { t } = useTranslation("settings");
  const { days, from, until, anyHour } = form.values;
  const label = t("numbers.hoursLabel");
  return (
    <>
      <Checkbox label={t("numbers.anyHour")} {...form.getInputProps("anyHour", { type: "checkbox" })} />
      {!anyHour && (
        <Sentence
          text={t("numbers.hours", { days: "{days}", from: "{from}", until: "{until}" })}
          parts={{
            days: (
              <PickDays
                label={label}
                value={days}
                onChange={(value) => {
                  form.setFieldValue("days", [...value]);
                }}
              />
            ),
            from: (
              <PickTime
                label={label}
                value={from}
                onChange={(value) => {
                  form.setFieldValue("from", value);
                }}
              />
            ),
            until: (
              <PickTime
                label={label}
                value={until}
                onChange={(value) => {
                  form.setFieldValue("until", value);
                }}
              />
            ),
          }}
        />
      )}
    </>
  );
}
