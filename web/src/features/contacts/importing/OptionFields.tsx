import { Autocomplete, Radio, Select, SimpleGrid, Stack, TagsInput, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useContactFacets } from "@/api/contacts";
import { useEnrollOptions } from "@/api/enroll";
import type { ImportChoices } from "@/api/imports";
import { useMay } from "@/api/session";

type OnDuplicate = NonNullable<ImportChoices["on_duplicate"]>;

export interface Options {
  readonly onDuplicate: OnDuplicate;
  readonly list: string;
  readonly tags: readonly string[];
  /** Where those begin who are created; null is nowhere, undefined the default sequence. */
  readonly sequence: number | null | undefined;
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
          <Begins
            sequence={options.sequence}
            onChange={(sequence) => {
              onChange({ ...options, sequence });
            }}
          />
        </Stack>
      </section>
    </SimpleGrid>
  );
}

interface BeginsProps {
  readonly sequence: Options["sequence"];
  readonly onChange: (sequence: Options["sequence"]) => void;
}

const NOWHERE = "-";

/** In which sequence those begin who are created; the default one is chosen already. */
function Begins({ sequence, onChange }: BeginsProps) {
  const { t } = useTranslation("contacts");
  const mayEnroll = useMay()("enrollments.create");
  const options = useEnrollOptions(mayEnroll).data?.sequences ?? [];
  const usual = options.find(({ is_default }) => is_default)?.id ?? null;
  if (options.length === 0) return null;
  return (
    <Select
      label={t("import.begins")}
      description={t("import.beginsHint")}
      allowDeselect={false}
      searchable={options.length > 8}
      data={[
        { value: NOWHERE, label: t("import.nowhere") },
        ...options.map(({ id, name, is_default }) => ({
          value: String(id),
          label: is_default ? t("import.isDefault", { name }) : name,
        })),
      ]}
      value={String((sequence === undefined ? usual : sequence) ?? NOWHERE)}
      onChange={(to) => {
        onChange(to === null || to === NOWHERE ? null : Number(to));
      }}
    />
  );
}
