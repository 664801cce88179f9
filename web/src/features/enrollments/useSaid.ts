import { useTranslation } from "react-i18next";
import type { Moved, Verb } from "@/api/enrollments";

/** Say what became of an act: how many, what was left as it is and why, what is on its way. */
export function useSaid(): (verb: Verb | "resolve", data: Moved) => string {
  const { t } = useTranslation("enrollments");
  return (verb, data) => {
    if (data.job_id !== null) return t("said.job", { count: data.total });
    const done = t(`said.${verb}` as "said.pause", { count: data.counts.done ?? 0 });
    const refused = data.answers.find((one) => one.code !== "done");
    if (refused !== undefined) {
      const count = data.total - (data.counts.done ?? 0);
      return t("said.refused", { done, count, why: refused.detail });
    }
    const handed = data.answers.reduce((sum, one) => sum + one.handed_over.length, 0);
    return handed > 0 ? t("said.handed", { done, count: handed }) : done;
  };
}
