import { useTranslation } from "react-i18next";
import type { Decided, Decision } from "@/api/reviews";
import { useWords } from "@/ui/words/useWords";

/** Say what came of a yes or no: how many, who finished instead and why, who was left as they were. */
export function useSaid(): (asked: { readonly decision: Decision }, answered: Decided) => string {
  const { t } = useTranslation("reviews");
  const { word } = useWords();
  return ({ decision }, { job_id: job, total, answers }) => {
    if (job !== null) return t("said.job", { count: total });
    const moved = answers.filter(({ code }) => code === "done");
    const ended = decision === "approve" ? moved.filter(({ state }) => state === "finished") : [];
    const done = t(`said.${decision}`, { count: moved.length - ended.length });
    const refused = answers.find(({ code }) => code !== "done");
    if (refused !== undefined) {
      return t("said.refused", { done, count: total - moved.length, why: refused.detail });
    }
    const [first] = ended;
    if (first === undefined) return done;
    return t("said.ended", { done, count: ended.length, why: word("finishReason", first.reason) });
  };
}
