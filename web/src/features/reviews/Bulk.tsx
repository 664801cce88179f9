import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Decision } from "@/api/reviews";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import type { Desk } from "./useDesk";

/** Yes or no for those chosen, or for all that fit the filter. */
export function Bulk({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("reviews");
  const { chosen, rows, list, total, filter, selection, mayDecide, ask, decide } = desk;
  const [isAll, setAll] = useState(false);
  const canBeAll = chosen.length > 0 && (list.hasMore || chosen.length < rows.length);
  const everything = isAll && canBeAll;
  const clear = () => {
    setAll(false);
    selection.clear();
  };
  const act = (decision: Decision) => {
    if (!everything) {
      decide(decision, chosen);
      return;
    }
    ask({ decision, meant: { all: filter }, count: total, name: "" });
    clear();
  };
  if (!mayDecide) return null;
  const count = everything ? total : chosen.length;
  const label = (decision: Decision) =>
    count === undefined ? t(`bulk.${decision}All`) : t(`bulk.${decision}`, { count });
  const all = total === undefined ? t("bulk.all") : t("bulk.allCount", { count: total });
  return (
    <BulkBar count={count ?? chosen.length} onClear={clear}>
      {canBeAll && (
        <BulkAct
          label={everything ? t("bulk.allChosen") : all}
          onClick={() => {
            setAll(!isAll);
          }}
        />
      )}
      <BulkAct
        icon={IconCheck}
        label={label("approve")}
        onClick={() => {
          act("approve");
        }}
      />
      <BulkAct
        icon={IconX}
        tone="red"
        label={label("reject")}
        onClick={() => {
          act("reject");
        }}
      />
    </BulkBar>
  );
}
