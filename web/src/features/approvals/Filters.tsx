import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ApprovalCounts } from "@/api/approvals";
import { Chips } from "@/ui/Chips";
import { useWaitingAnswers } from "@/api/waiting";
import { FilterBar } from "@/ui/FilterBar";
import { PickOne } from "@/ui/picks";
import { RISKS, SHOWN, SORTS, type View } from "./view";

interface FiltersProps {
  readonly view: View;
  readonly counts: ApprovalCounts | undefined;
  readonly onView: (changed: Partial<View>) => void;
}

/** What waits, is being written or was decided; and of that, which. */
export function Filters({ view, counts, onView }: FiltersProps) {
  const { t } = useTranslation("approvals");
  const answers = useWaitingAnswers();
  const put = (changed: Partial<View>) => {
    onView({ ...changed, open: "" });
  };
  return (
    <FilterBar
      stacked
      search={{
        value: view.q,
        label: t("search"),
        onChange: (q) => {
          put({ q });
        },
      }}
    >
      <Chips
        label={t("show.label")}
        value={view.show}
        chips={SHOWN.map((value) => ({
          value,
          label: value === "answers" ? t("answers.chip") : t(`show.${value}`),
          ...(value !== "decided" && { count: value === "answers" ? answers : counts?.[value] }),
        }))}
        onChange={(show) => {
          put({ show });
        }}
      />
      <Group gap="sm">
        <PickOne
          label={t("risk.label")}
          value={view.risk}
          options={["", ...RISKS].map((value) => ({
            value,
            label: t(`risk.${value === "" ? "any" : value}` as "risk.any"),
          }))}
          onChange={(risk) => {
            put({ risk });
          }}
        />
        {view.show === "answers" ? (
          <PickOne
            label={t("answers.whose")}
            value={view.whose}
            options={[
              { value: "", label: t("answers.everybody") },
              { value: "mine", label: t("answers.mine") },
            ]}
            onChange={(whose) => {
              put({ whose });
            }}
          />
        ) : (
          <Which view={view} counts={counts} onView={put} />
        )}
        <PickOne
          label={t("sort.label")}
          value={view.sort}
          options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(sort) => {
            put({ sort });
          }}
        />
      </Group>
    </FilterBar>
  );
}

function Which({ view, counts, onView }: FiltersProps) {
  const { t } = useTranslation("approvals");
  const named = counts?.sequences ?? [];
  if (named.length < 2 && view.sequence === "") return null;
  return (
    <PickOne
      label={t("sequence")}
      value={view.sequence}
      options={[
        { value: "", label: t("sequences") },
        ...named.map((one) => ({ value: String(one.sequence_id), label: `${one.sequence} (${one.drafts})` })),
      ]}
      onChange={(sequence) => {
        onView({ sequence });
      }}
    />
  );
}
