import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** The inbox: conversations, and the one that is open. */
export function Component() {
  const { t } = useTranslation("inbox");
  return (
    <Room title={t("title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
