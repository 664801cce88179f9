import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFields } from "@/api/contactFields";
import { type ImportPreview, useForeseen, usePreview, useStartImport } from "@/api/imports";
import { begun, choicesOf, type Column, hasAddress } from "./choices";
import { Columns } from "./Columns";
import { Foreseen } from "./Foreseen";
import classes from "./Import.module.css";
import { type Options, OptionFields } from "./OptionFields";

/** Say what the columns are and what becomes of known people; below stands what the import would do. */
export function Choose({ id }: { readonly id: number }) {
  const preview = usePreview(id);
  if (preview.data === undefined) return <Skeleton h={320} />;
  return <Form preview={preview.data} />;
}

const LIST_NAME = /\.[a-z]+$/i;

function Form({ preview }: { readonly preview: ImportPreview }) {
  const { t } = useTranslation("contacts");
  const [columns, setColumns] = useState<readonly Column[]>(() => begun(preview.columns));
  const [options, setOptions] = useState<Options>({
    onDuplicate: "fill",
    list: preview.name.replace(LIST_NAME, ""),
    tags: [],
  });
  const fields = useFields().data ?? [];
  const known = new Set(fields.map(({ key }) => key));
  const choices = choicesOf(columns, known, { ...options, tags: [...options.tags] });
  const isReady = hasAddress(columns);
  const foreseen = useForeseen(preview.id, choices, isReady);
  const start = useStartImport(preview.id);
  const goes = (foreseen.data?.created ?? 0) + (foreseen.data?.updated ?? 0) + (foreseen.data?.skipped ?? 0);
  return (
    <Stack gap="xl">
      <section>
        <Title order={2}>{t("import.columns")}</Title>
        <Text c="dimmed" mb="sm">
          {t("import.found", {
            lines: preview.lines.toLocaleString(),
            encoding: ENCODINGS[preview.encoding] ?? preview.encoding,
            delimiter: DELIMITERS[preview.delimiter] ?? preview.delimiter,
          })}
        </Text>
        <Columns columns={columns} fields={fields} onChange={setColumns} />
      </section>
      <OptionFields options={options} onChange={setOptions} />
      <Foreseen
        foreseen={isReady ? foreseen.data : undefined}
        failed={foreseen.error}
        lacksAddress={!isReady}
        lines={preview.lines}
      />
      <div className={classes.foot}>
        <Button
          disabled={!isReady || goes === 0 || foreseen.isError}
          loading={start.isPending}
          onClick={() => {
            start.mutate(choices);
          }}
        >
          {foreseen.data?.is_all === true ? t("import.start", { count: goes }) : t("import.startAll")}
        </Button>
      </div>
    </Stack>
  );
}

const ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-8-sig": "UTF-8",
  "utf-16": "UTF-16",
  "utf-16-le": "UTF-16",
  "utf-16-be": "UTF-16",
  cp1252: "Windows-1252",
};
const DELIMITERS: Readonly<Record<string, string>> = { "\t": "Tab" };
