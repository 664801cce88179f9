import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Door } from "@/ui/Door";

/** Signing in with email and password. */
export function Component() {
  const { t } = useTranslation("session");
  return (
    <Door title={t("signIn.title")}>
      <Text c="dimmed">{t("signIn.hint")}</Text>
    </Door>
  );
}
