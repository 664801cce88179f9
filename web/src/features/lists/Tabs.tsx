import { useTranslation } from "react-i18next";
import { RoomTabs } from "@/ui/RoomTabs";

/** Lists are made by hand, segments by a condition. */
export function Tabs() {
  const { t } = useTranslation("lists");
  return (
    <RoomTabs
      label={t("tabs.label")}
      tabs={[
        { to: "/lists", label: t("tabs.lists"), isExact: true },
        { to: "/lists/segments", label: t("tabs.segments") },
      ]}
    />
  );
}
