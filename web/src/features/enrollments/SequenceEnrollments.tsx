import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";

/** Who is in the sequence: the tab of its page. `:sequenceId` is in the address. */
export function Component() {
  const { t } = useTranslation("enrollments");
  return <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />;
}
