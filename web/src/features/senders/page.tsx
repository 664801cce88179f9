import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** The mailboxes and numbers that messages leave from. */
export function Component() {
  const { t } = useTranslation("senders");
  return (
    <Room title={t("title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
