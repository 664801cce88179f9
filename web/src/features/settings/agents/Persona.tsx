import { Group, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { LANGUAGES, TONES, type Typed } from "./form";

export interface FormProps {
  readonly form: UseFormReturnType<Typed>;
}

const LISTS = ["facts", "banned", "links"] as const;

/** Who it is, how it sounds, and the only things that it may claim. */
export function Persona({ form }: FormProps) {
  const { t } = useTranslation("settings");
  return (
    <Stack gap="md">
      <TextInput
        required
        data-autofocus
        maxLength={100}
        label={t("agents.name")}
        description={t("agents.nameHint")}
        {...form.getInputProps("name")}
      />
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        label={t("agents.persona")}
        description={t("agents.personaHint")}
        {...form.getInputProps("persona")}
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={t("agents.tone")}
          data={TONES.map((value) => ({ value, label: t(`agents.tones.${value}`) }))}
          {...form.getInputProps("tone")}
        />
        <NativeSelect
          label={t("agents.language")}
          data={LANGUAGES.map((value) => ({
            value,
            label: value === "" ? t("agents.languages.contact") : t(`agents.languages.${value}`),
          }))}
          {...form.getInputProps("language")}
        />
      </Group>
      {LISTS.map((name) => (
        <Textarea
          key={name}
          autosize
          minRows={2}
          maxRows={12}
          label={t(`agents.${name}`)}
          description={t(`agents.${name}Hint`)}
          placeholder={t(`agents.${name}Example`)}
          {...form.getInputProps(name)}
        />
      ))}
    </Stack>
  );
}
