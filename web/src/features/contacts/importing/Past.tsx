import { Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Import, useImports } from "@/api/imports";
import { DataTable } from "@/ui/DataTable";
import { Moment } from "@/ui/Moment";
import { stateOf } from "./Progress";

/** The imports of before. */
export function Past({ onOpen }: { readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation("contacts");
  const imports = useImports();
  if (imports.rows?.length === 0) return null;
  return (
    <section style={{ marginTop: 32 }}>
      <Title order={2} mb="xs">
        {t("import.past")}
      </Title>
      <DataTable<Import>
        {...imports}
        label={t("import.past")}
        rowKey={({ id }) => id}
        onOpen={({ id }) => {
          onOpen(id);
        }}
        columns={[
          { key: "name", title: t("import.file"), phone: "title", cell: ({ name }) => name },
          {
            key: "state",
            title: t("import.stateTitle"),
            phone: "line",
            cell: ({ progress }) => t(`import.state.${stateOf(progress.state)}`),
          },
          {
            key: "created",
            title: t("import.created"),
            align: "right",
            cell: ({ progress }) => progress.created,
          },
          {
            key: "refused",
            title: t("import.refused"),
            align: "right",
            cell: ({ progress }) => progress.refused,
          },
          { key: "by", title: t("import.by"), cell: ({ by }) => by },
          {
            key: "at",
            title: t("import.at"),
            phone: "line",
            cell: ({ created_at }) => <Moment at={created_at} />,
          },
        ]}
      />
    </section>
  );
}
