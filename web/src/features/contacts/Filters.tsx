import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type ContactFacets, useContactFacets } from "@/api/contacts";
import { useSegments } from "@/api/segments";
import { Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import { SHOWS, showOf, type Values } from "./filter";
import classes from "./Contacts.module.css";

interface FiltersProps {
  readonly values: Values;
  readonly onChange: (changed: Partial<Values>) => void;
}

/** What narrows the table; each choice says how many it has. */
export function Filters({ values, onChange }: FiltersProps) {
  const { t } = useTranslation("contacts");
  const facets = useContactFacets().data;
  return (
    <>
      <FilterBar
        search={{
          value: values.q,
          label: t("filter.search"),
          onChange: (q) => {
            onChange({ q });
          },
        }}
      >
        <Chips
          label={t("filter.show")}
          value={showOf(values)}
          chips={SHOWS.map((value) => ({
            value,
            label: t(`show.${value}`),
            count: value === "all" ? facets?.total : undefined,
          }))}
          onChange={(show) => {
            onChange({ show });
          }}
        />
      </FilterBar>
      <Picks facets={facets} values={values} onChange={onChange} />
    </>
  );
}

interface PicksProps extends FiltersProps {
  readonly facets: ContactFacets | undefined;
}

function Picks({ facets = NONE, values, onChange }: PicksProps) {
  const { language } = useTranslation().i18n;
  const segments = useSegments().rows ?? [];
  const options = {
    segment: segments.map(({ id, name }) => ({ value: String(id), label: name })),
    stage: named(facets.stages, language),
    list: withIds(facets.lists, language),
    tag: withIds(facets.tags, language),
    owner: withIds(facets.owners, language),
  };
  return (
    <div className={classes.picks}>
      {PICKS.map((name) => (
        <Pick key={name} name={name} options={options[name]} values={values} onChange={onChange} />
      ))}
    </div>
  );
}

const PICKS = ["stage", "list", "segment", "tag", "owner"] as const;
const NONE: ContactFacets = { total: 0, stages: [], lists: [], tags: [], owners: [] };

interface Facet {
  readonly id?: number | null;
  readonly value: string;
  readonly count: number;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function named(facets: readonly Facet[], language: string): readonly Option[] {
  return facets.map(({ value, count }) => ({
    value,
    label: `${value} · ${count.toLocaleString(language)}`,
  }));
}

function withIds(facets: readonly Facet[], language: string): readonly Option[] {
  return facets.map(({ id, value, count }) => ({
    value: String(id),
    label: `${value} · ${count.toLocaleString(language)}`,
  }));
}

interface PickProps extends FiltersProps {
  readonly name: (typeof PICKS)[number];
  readonly options: readonly Option[];
}

function Pick({ name, options, values, onChange }: PickProps) {
  const { t } = useTranslation("contacts");
  const all = name === "owner" ? [...options, { value: "0", label: t("filter.nobody") }] : options;
  const label = t(`filter.${name}`);
  return (
    <Select
      className={classes.pick ?? ""}
      data-chosen={values[name] !== "" || undefined}
      aria-label={label}
      placeholder={label}
      data={[...all]}
      value={values[name] === "" ? null : values[name]}
      onChange={(value) => {
        onChange({ [name]: value ?? "" });
      }}
      clearable
      searchable={options.length > 8}
      size="xs"
      comboboxProps={{ width: "max-content", position: "bottom-start" }}
      nothingFoundMessage={t("filter.none")}
      disabled={all.length === 0}
    />
  );
}
