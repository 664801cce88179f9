import { Loader, Stack, Text } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useUpload } from "@/api/imports";
import { Problem } from "@/ui/Problem";
import classes from "./Import.module.css";

/** Take a file, by choosing or dropping it. */
export function Upload({ onDone }: { readonly onDone: (id: number) => void }) {
  const { t } = useTranslation("contacts");
  const [over, setOver] = useState(false);
  const upload = useUpload();
  const take = (file: File | undefined) => {
    if (file) {
      upload.mutate(file, {
        onSuccess: ({ id }) => {
          onDone(id);
        },
      });
    }
  };
  const drag = (isOver: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(isOver);
  };
  const problem = upload.error instanceof ApiError ? upload.error.problem?.detail : undefined;
  return (
    <Stack gap="sm">
      <label
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          drag(false)(event);
          take(event.dataTransfer.files[0]);
        }}
      >
        {upload.isPending ? <Loader size={28} /> : <IconFileSpreadsheet size={28} stroke={1.5} aria-hidden />}
        <Text fw={600} fz="lg" mt="xs">
          {t("import.drop")}
        </Text>
        <Text c="dimmed" maw={520}>
          {t("import.dropHint")}
        </Text>
        <input
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          className={classes.file}
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </label>
      {upload.isError && <Problem tone="red" title={problem ?? t("failed")} />}
    </Stack>
  );
}
