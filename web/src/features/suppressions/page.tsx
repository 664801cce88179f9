import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** Who may not be contacted, and why. */
export function Component() {
  const { t } = useTranslation("suppressions");
  return (
    <Room title={t("title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
