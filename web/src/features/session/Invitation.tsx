import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Door } from "@/ui/Door";

/** Somebody who was invited becomes a member: `:token` is in the address. */
export function Component() {
  const { t } = useTranslation("session");
  return (
    <Door title={t("invitation.title")}>
      <Text c="dimmed">{t("invitation.hint")}</Text>
    </Door>
  );
}
