import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import { actsOf } from "./acts";
import type { Desk } from "./useDesk";

/** Yes or no for all that are chosen. */
export function Bulk({ desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("approvals");
  const { approve, reject } = actsOf(desk);
  const count = desk.chosen.length;
  if (!desk.mayDecide) return null;
  return (
    <BulkBar count={count} onClear={desk.selection.clear}>
      <BulkAct
        icon={IconCheck}
        label={t("bulk.approve", { count })}
        onClick={() => {
          approve(true);
        }}
      />
      <BulkAct icon={IconX} tone="red" label={t("bulk.reject", { count })} onClick={reject} />
    </BulkBar>
  );
}
