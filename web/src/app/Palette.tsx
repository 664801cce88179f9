import { useTranslation } from "react-i18next";

/** The palette: rooms, actions of the room, people and sequences. */
export default function Palette() {
  const { t } = useTranslation();
  return <span hidden>{t("search")}</span>;
}
