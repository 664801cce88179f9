import { useTranslation } from "react-i18next";
import type { Comparison } from "@/flow/compare";

const KINDS = ["added", "removed", "changed", "moved"] as const;

/** How many steps came, went, changed and moved; that the two say the same, if they do. */
export function Counts({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation("compare");
  const words = KINDS.flatMap((kind) => {
    const count = comparison.steps.filter((step) => step.kind === kind).length;
    return count === 0 ? [] : [t(`count.${kind}`, { count })];
  });
  return <span className="tabular">{words.length === 0 ? t("equal") : words.join(" · ")}</span>;
}
