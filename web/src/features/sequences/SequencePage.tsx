import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { Room } from "@/ui/Room";
import { RoomTabs } from "@/ui/RoomTabs";

/** One sequence: its head and tabs; each tab is a page of its own below. */
export function Component() {
  const { t } = useTranslation("sequences");
  return (
    <Room
      title={t("title")}
      tabs={
        <RoomTabs
          label={t("tabs.label")}
          tabs={[
            { to: ".", label: t("tabs.steps") },
            { to: "enrollments", label: t("tabs.enrollments") },
            { to: "settings", label: t("tabs.settings") },
            { to: "history", label: t("tabs.history") },
          ]}
        />
      }
    >
      <Outlet />
    </Room>
  );
}
