import { Button, Code, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { EmptyRoom } from "@/ui/EmptyRoom";

/** What stands in for a page whose code failed. */
export function Broken() {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <EmptyRoom
      picture={null}
      title={t("broken.title")}
      hint={t("broken.hint")}
      action={
        <Stack align="center" gap="sm">
          <Code>{error instanceof Error ? error.message : String(error)}</Code>
          <Button
            variant="default"
            onClick={() => {
              window.location.reload();
            }}
          >
            {t("broken.again")}
          </Button>
        </Stack>
      }
    />
  );
}
