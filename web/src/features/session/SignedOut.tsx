import { Button, Center, Code, Paper, Stack, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

const COMMAND = "drumbeat demo";

/** Says how to get in; the way in is a link, so there is no form. */
export function Component() {
  const { t } = useTranslation("session");
  useDocumentTitle(`${t("title")} · drumbeat`);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder radius="lg" p="xl" maw={440}>
        <Stack gap="sm">
          <Title order={1}>{t("title")}</Title>
          <Text c="dimmed">{t("hint")}</Text>
          <Text c="dimmed">{t("how")}</Text>
          <Code block>{COMMAND}</Code>
          <Text c="dimmed">{t("ask")}</Text>
          <Button component="a" href="/live" mt="sm">
            {t("again")}
          </Button>
        </Stack>
      </Paper>
    </Center>
  );
}
