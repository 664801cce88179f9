import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** The tasks that sequences gave to a person. */
export function Component() {
  const { t } = useTranslation("tasks");
  return (
    <Room title={t("title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
