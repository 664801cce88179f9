import type { TFunction } from "i18next";
import type { Rhythm } from "@/api/sequences";

/** Say how long a sequence is: *5 steps over 14 days*, *10 steps with branches, 7 days*. */
export function rhythmWords(
  t: TFunction<"sequences">,
  { step_count, days, branches }: Pick<Rhythm, "step_count" | "days" | "branches">,
): string {
  const steps = t("rhythm.steps", { count: step_count });
  const length = Math.round(days);
  if (step_count === 0) return t("rhythm.none");
  if (length === 0) return steps;
  const over = { steps, days: t("rhythm.days", { count: length }) };
  return branches ? t("rhythm.branching", over) : t("rhythm.over", over);
}
