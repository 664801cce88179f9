import { Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";

export interface TypedPrices {
  readonly currency: string;
  readonly sms: string;
  readonly whatsapp: string;
  readonly voice: string;
}

interface PriceFieldsProps<Form extends TypedPrices> {
  readonly form: UseFormReturnType<Form>;
}

const CHANNELS = ["sms", "whatsapp", "voice"] as const;

/** What the account pays, so that steps say what they cost; all empty: they say nothing. */
export function PriceFields<Form extends TypedPrices>({ form }: PriceFieldsProps<Form>) {
  const { t } = useTranslation("settings");
  return (
    <Stack component="fieldset" gap="sm" bd={0} p={0} m={0}>
      <Text component="legend" fw={600}>
        {t("numbers.prices.title")}
      </Text>
      <Text fz="xs" c="dimmed">
        {t("numbers.prices.hint")}
      </Text>
      <TextInput
        label={t("numbers.prices.currency")}
        placeholder="USD"
        maxLength={3}
        w={120}
        {...form.getInputProps("currency")}
      />
      {CHANNELS.map((channel) => (
        <Textarea
          key={channel}
          label={t(`numbers.prices.${channel}`)}
          placeholder="+49 = 0.0875"
          autosize
          minRows={1}
          maxRows={6}
          {...form.getInputProps(channel)}
        />
      ))}
    </Stack>
  );
}
