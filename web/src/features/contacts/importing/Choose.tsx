import { Button, Skeleton, Stack, Text, Title } from "@mantine/core";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFields } from "@/api/contactFields";
import {
  type Foreseen as Told,
  type ImportPreview,
  useForeseen,
  usePreview,
  useStartImport,
} from "@/api/imports";
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
    sequence: undefined,
  });
  const fields = useFields().data ?? [];
  const known = new Set(fields.map(({ key }) => key));
  const choices = choicesOf(columns, known, { ...options, tags: [...options.tags] });
  const isReady = hasAddress(columns);
  const foreseen = useForeseen(preview.id, choices, isReady);
  const start = useStartImport(preview.id);
  return (
    <Stack gap="xl">
      <section>
        <Title order={2}>{t("import.columns")}</Title>
        <Text c="dimmed" mb="sm">
          {found(t, preview)}
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
      <Start
        foreseen={isReady && !foreseen.isError ? foreseen.data : undefined}
        busy={start.isPending}
        onStart={() => {
          start.mutate(choices);
        }}
      />
    </Stack>
  );
}

interface StartProps {
  readonly foreseen: Told | undefined;
  readonly busy: boolean;
  readonly onStart: () => void;
}

/** The button with its count; nothing to import, nothing to press. */
function Start({ foreseen, busy, onStart }: StartProps) {
  const { t } = useTranslation("contacts");
  const goes = foreseen ? foreseen.created + foreseen.updated + foreseen.skipped : 0;
  return (
    <div className={classes.foot}>
      <Button disabled={goes === 0} loading={busy} onClick={onStart}>
        {foreseen?.is_all === true ? t("import.start", { count: goes }) : t("import.startAll")}
      </Button>
    </div>
  );
}

/** How the file was read; its first line is no row. */
function found(t: TFunction<"contacts">, { lines, encoding, delimiter }: ImportPreview): string {
  const name = DELIMITERS[delimiter];
  return t("import.found", {
    count: lines - 1,
    encoding: ENCODINGS[encoding] ?? encoding,
    delimiter: name === undefined ? delimiter : t(`import.delimiter.${name}`),
  });
}

const ENCODINGS: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-8-sig": "UTF-8",
  "utf-16": "UTF-16",
  "utf-16-le": "UTF-16",
  "utf-16-be": "UTF-16",
  cp1252: "Windows-1252",
};
const DELIMITERS: Readonly<Record<string, "comma" | "semicolon" | "tab" | "bar">> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "bar",
};
