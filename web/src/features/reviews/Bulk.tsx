import { IconCheck, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Decision } from "@/api/reviews";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import type { Desk } from "./useDesk";

/** Yes or no for those chosen, or for all that fit the filter. */
export function Bulk({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("reviews");
  const { isAll, canBeAll, setAll, count, clear, act } = useBulk(desk);
  if (!desk.mayDecide) return null;
  const label = (decision: Decision) =>
    count === undefined ? t(`bulk.${decision}All`) : t(`bulk.${decision}`, { count });
  return (
    <BulkBar count={count ?? desk.chosen.length} onClear={clear}>
      {canBeAll && <All isAll={isAll} total={desk.total} onAll={setAll} />}
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

/** Who is meant: those chosen, or once some are, all that fit the filter. */
function useBulk({ chosen, rows, list, total, filter, selection, ask, decide }: Desk) {
  const [wantsAll, setAll] = useState(false);
  const canBeAll = chosen.length > 0 && (list.hasMore || chosen.length < rows.length);
  const isAll = wantsAll && canBeAll;
  const clear = () => {
    setAll(false);
    selection.clear();
  };
  const act = (decision: Decision) => {
    if (!isAll) {
      decide(decision, chosen);
      return;
    }
    ask({ decision, meant: { all: filter }, count: total, name: "" });
    clear();
  };
  return { isAll, canBeAll, setAll, count: isAll ? total : chosen.length, clear, act };
}

interface AllProps {
  readonly isAll: boolean;
  /** Left out: the server alone knows how many fit. */
  readonly total: number | undefined;
  readonly onAll: (isAll: boolean) => void;
}

function All({ isAll, total, onAll }: AllProps) {
  const { t } = useTranslation("reviews");
  const all = total === undefined ? t("bulk.all") : t("bulk.allCount", { count: total });
  return (
    <BulkAct
      label={isAll ? t("bulk.allChosen") : all}
      onClick={() => {
        onAll(!isAll);
      }}
    />
  );
}
