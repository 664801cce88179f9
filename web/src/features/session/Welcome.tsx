import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Door } from "@/ui/Door";

/** The first owner claims a fresh installation: `:token` is in the address. */
export function Component() {
  const { t } = useTranslation("session");
  return (
    <Door title={t("welcome.title")}>
      <Text c="dimmed">{t("welcome.hint")}</Text>
    </Door>
  );
}
