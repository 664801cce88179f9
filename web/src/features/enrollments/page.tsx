import { useTranslation } from "react-i18next";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";

/** One person's way through one sequence. */
export function Component() {
  const { t } = useTranslation("enrollments");
  return (
    <Room title={t("title")}>
      <EmptyRoom title={t("empty.title")} hint={t("empty.hint")} />
    </Room>
  );
}
