import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";

/** Why something could not be done, in a dialog: the server's sentence where there is one. */
export function Failed({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation("contacts");
  if (error === null) return null;
  const detail = error instanceof ApiError ? error.problem?.detail : undefined;
  return (
    <Text role="alert" c="var(--db-red)">
      {detail ?? t("failed")}
    </Text>
  );
}
