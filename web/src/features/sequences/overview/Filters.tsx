import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { SequenceTotals } from "@/api/sequences";
import { Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import { STATUS_LOOKS } from "../Status";
import { SORTS, STATUSES, type View } from "./useView";

interface FiltersProps {
  readonly view: View;
  readonly totals: SequenceTotals | undefined;
  readonly onChange: (change: Partial<View>) => void;
}

const ALIVE = ["active", "paused", "draft"] as const;

/** What the overview shows: by status with counts, by owner, by tag, by words, in which order. */
export function Filters({ view, totals, onChange }: FiltersProps) {
  const { t } = useTranslation("sequences");
  const counts = totals?.by_status;
  const all = counts && ALIVE.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  return (
    <FilterBar
      search={{
        value: view.q,
        label: t("filter.search"),
        onChange: (q) => {
          onChange({ q });
        },
      }}
      right={
        <Select
          w={180}
          aria-label={t("filter.sort")}
          allowDeselect={false}
          data={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
          value={view.sort}
          onChange={(value) => {
            onChange({ sort: SORTS.find((sort) => sort === value) ?? "-active" });
          }}
        />
      }
    >
      <Chips
        label={t("filter.label")}
        value={view.status ?? "all"}
        chips={[
          { value: "all", label: t("filter.all"), count: all },
          ...STATUSES.map((status) => ({
            value: status,
            label: t(`status.${status}`),
            count: counts?.[status],
            icon: STATUS_LOOKS[status].icon,
          })),
        ]}
        onChange={(value) => {
          onChange({ status: STATUSES.find((status) => status === value) });
        }}
      />
      <Owner owners={totals?.owners ?? []} view={view} onChange={onChange} />
      <Tag tags={totals?.tags ?? []} view={view} onChange={onChange} />
    </FilterBar>
  );
}

interface OwnerProps extends Pick<FiltersProps, "view" | "onChange"> {
  readonly owners: SequenceTotals["owners"];
}

function Owner({ owners, view, onChange }: OwnerProps) {
  const { t } = useTranslation("sequences");
  if (owners.length < 2) return null;
  return (
    <Select
      w={170}
      clearable
      aria-label={t("filter.owner")}
      placeholder={t("filter.owner")}
      data={owners.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={view.owner === undefined ? null : String(view.owner)}
      onChange={(value) => {
        onChange({ owner: value === null ? undefined : Number(value) });
      }}
    />
  );
}

interface TagProps extends Pick<FiltersProps, "view" | "onChange"> {
  readonly tags: readonly string[];
}

/** The one that is chosen is offered even where no sequence has it any more. */
function Tag({ tags, view: { tag }, onChange }: TagProps) {
  const { t } = useTranslation("sequences");
  const offered = tag === "" || tags.includes(tag) ? tags : [tag, ...tags];
  if (offered.length === 0) return null;
  return (
    <Select
      w={150}
      clearable
      searchable
      aria-label={t("filter.tag")}
      placeholder={t("filter.tag")}
      data={[...offered]}
      value={tag === "" ? null : tag}
      onChange={(value) => {
        onChange({ tag: value ?? "" });
      }}
    />
  );
}
