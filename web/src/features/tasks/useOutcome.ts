import { useTranslation } from "react-i18next";

/** Name an outcome; one that is not known here is shown as it is. */
export function useOutcome(): (outcome: string) => string {
  const { t } = useTranslation("tasks");
  return (outcome) => t(`outcome.${outcome}` as "outcome.done", { defaultValue: outcome });
}
