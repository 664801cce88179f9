import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** Import of contacts from a file. */
export function Component() {
  const { t } = useTranslation("contacts");
  return (
    <Room title={t("import.title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
