import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { Door } from "@/ui/Door";

interface GoneProps {
  readonly title: string;
  readonly error: Error;
}

/** A link that opens nothing: why, and what to do. */
export function Gone({ title, error }: GoneProps) {
  const { t } = useTranslation("session");
  const why = error instanceof ApiError ? error.problem?.detail : undefined;
  return (
    <Door title={title}>
      <Text c="dimmed">{why ?? t("failed")}</Text>
      <Button component="a" href="/sign-in" variant="default" mt="sm">
        {t("toSignIn")}
      </Button>
    </Door>
  );
}
