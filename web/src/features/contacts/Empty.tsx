import { Button, Group } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EmptyRoom } from "@/ui/EmptyRoom";

export function Nobody({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <EmptyRoom
      title={t("empty.title")}
      hint={t("empty.hint")}
      action={
        <Group mt="sm">
          <Button component={Link} to="/contacts/import" leftSection={<IconUpload size={16} />}>
            {t("import.title")}
          </Button>
          <Button variant="default" onClick={onAdd}>
            {t("add.title")}
          </Button>
        </Group>
      }
    />
  );
}

export function NothingFits({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <EmptyRoom
      title={t("nothing.title")}
      hint={t("nothing.hint")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("nothing.clear")}
        </Button>
      }
    />
  );
}
