import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { Chips } from "@/ui/Chips";
import { FilterBar } from "@/ui/FilterBar";
import type { View } from "./view";

type Counts = components["schemas"]["ReviewCountsOut"];

interface FiltersProps {
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
  /** Left out where the list is that of one sequence. */
  readonly counts?: Counts | undefined;
}

/** More sequences than this are picked from a list. */
const CHIPS = 4;

/** Which sequence, each with how many wait; and a search. */
export function Filters({ view, onView, counts }: FiltersProps) {
  const { t } = useTranslation("reviews");
  const search = {
    value: view.q,
    label: t("search"),
    onChange: (q: string) => {
      onView({ q });
    },
  };
  return <FilterBar search={search}>{counts && <Which {...{ view, onView, counts }} />}</FilterBar>;
}

function Which({ view, onView, counts: { people, sequences } }: Required<FiltersProps> & { counts: Counts }) {
  const { t, i18n } = useTranslation("reviews");
  const pick = (sequence: string | null) => {
    onView({ sequence: sequence ?? "", open: "" });
  };
  const named = sequences.map((one) => ({
    value: String(one.sequence_id),
    label: one.sequence,
    count: one.people,
  }));
  if (named.length < 2 && view.sequence === "") return null;
  if (named.length <= CHIPS) {
    return (
      <Chips
        label={t("sequence")}
        value={view.sequence}
        chips={[{ value: "", label: t("all"), count: people }, ...named]}
        onChange={pick}
      />
    );
  }
  return (
    <Select
      aria-label={t("sequence")}
      placeholder={t("sequence")}
      clearable
      searchable
      w={260}
      value={view.sequence === "" ? null : view.sequence}
      data={named.map(({ value, label, count }) => ({
        value,
        label: `${label} · ${count.toLocaleString(i18n.language)}`,
      }))}
      onChange={pick}
    />
  );
}
