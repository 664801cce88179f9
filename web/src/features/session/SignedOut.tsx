import { Button, Code, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Door } from "@/ui/Door";

const COMMAND = "drumbeat demo";

/** Says how to get in; the way in is a link, so there is no form. */
export function Component() {
  const { t } = useTranslation("session");
  return (
    <Door title={t("title")}>
      <Text c="dimmed">{t("hint")}</Text>
      <Text c="dimmed">{t("how")}</Text>
      <Code block>{COMMAND}</Code>
      <Text c="dimmed">{t("ask")}</Text>
      <Button component="a" href="/" mt="sm">
        {t("again")}
      </Button>
    </Door>
  );
}
