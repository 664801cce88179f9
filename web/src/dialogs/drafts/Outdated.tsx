import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema";
import { Problem } from "@/ui/Problem";

interface OutdatedProps {
  readonly origins: readonly components["schemas"]["Origin"][];
}

/** What is another by now than when the draft was written: what it says may no longer be so. */
export function Outdated({ origins }: OutdatedProps) {
  const { t } = useTranslation("drafts");
  if (origins.length === 0) return null;
  const what = origins.map((origin) => t(`outdated.${origin}`));
  return <Problem tone="amber" title={t("outdated.title")} text={t("outdated.text", { what })} />;
}
