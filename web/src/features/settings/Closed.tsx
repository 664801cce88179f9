import { useTranslation } from "react-i18next";
import { useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useWords } from "@/ui/words/useWords";

/** What stands where a section would be that one's role does not open: who may, and what to do. */
export function Closed() {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const role = useSession().data?.role ?? "";
  return <EmptyRoom title={t("closed.title")} hint={t("closed.hint", { role: word("role", role) })} />;
}
