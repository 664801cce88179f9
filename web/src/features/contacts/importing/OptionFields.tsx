import { Autocomplete, Radio, SimpleGrid, Stack, TagsInput, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useContactFacets } from "@/api/contacts";
import type { ImportChoices } from "@/api/imports";

type OnDuplicate = NonNullable<ImportChoices["on_duplicate"]>;

export interface Options {
  readonly onDuplicate: OnDuplicate;
  readonly list: string;
  readonly tags: readonly string[];
}

const MODES: readonly OnDuplicate[] = ["fill", "update", "skip"];

interface OptionFieldsProps {
  readonly options: Options;
  readonly onChange: (options: Options) => void;
}

/** What becomes of people who are known, and where all of them land. */
export function OptionFields({ options, onChange }: OptionFieldsProps) {
  const { t } = useTranslation("contacts");
  const facets = useContactFacets().data;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
      <section>
        <Title order={2} mb="xs">
          {t("import.known")}
        </Title>
        <Radio.Group
          aria-label={t("import.known")}
          value={options.onDuplicate}
          onChange={(value) => {
            onChange({ ...options, onDuplicate: value });
          }}
        >
          <Stack gap="xs">
            {MODES.map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`import.mode.${mode}`)}
                description={t(`import.modeHint.${mode}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
      </section>
      <section>
        <Title order={2} mb="xs">
          {t("import.land")}
        </Title>
        <Stack gap="sm">
          <Autocomplete
            label={t("filter.list")}
            description={t("import.listHint")}
            data={facets?.lists.map(({ value }) => value) ?? []}
            value={options.list}
            maxLength={200}
            onChange={(list) => {
              onChange({ ...options, list });
            }}
          />
          <TagsInput
            label={t("filter.tags")}
            data={facets?.tags.map(({ value }) => value) ?? []}
            value={[...options.tags]}
            onChange={(tags) => {
              onChange({ ...options, tags });
            }}
          />
        </Stack>
      </section>
    </SimpleGrid>
  );
}
