import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";

/** The settings of the sequence. */
export function Component() {
  const { t } = useTranslation("sequences");
  return <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />;
}
