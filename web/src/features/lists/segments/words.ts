import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { SegmentCount } from "@/api/segments";
import { conditionWords } from "@/dialogs/condition/words";
import type { Condition } from "@/flow/condition";

/** Say who belongs to a segment: *tag is “trial” and did not reply*. */
export function useConditionWords(): (condition: Condition) => string {
  const { t } = useTranslation("conditions");
  const { fields } = useFlowNames();
  return (condition) => conditionWords(t, condition, { fields });
}

/** Say how many are in it. */
export function useCountWords(): (count: SegmentCount) => string {
  const { t } = useTranslation("lists");
  return ({ count, is_more: isMore }) => t(isMore ? "segments.countMore" : "segments.count", { count });
}
