import { Button, FileButton, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { useImportSuppressions } from "@/api/suppressions";
import { Problem } from "@/ui/Problem";

const SHOWN = 10;

/** Suppress a list of addresses, typed or from a file; lines that are none are told. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("suppressions");
  const [addresses, setAddresses] = useState("");
  const add = useImportSuppressions();
  const problem = add.error instanceof ApiError ? add.error.problem?.detail : undefined;
  const lines = addresses.split("\n").filter((line) => line.trim() !== "").length;
  return (
    <Modal opened onClose={onClose} size={600} title={t("import.title")}>
      <Stack>
        <Text c="dimmed">{t("import.hint")}</Text>
        <Textarea
          data-autofocus
          label={t("import.label")}
          autosize
          minRows={8}
          maxRows={14}
          value={addresses}
          onChange={(event) => {
            setAddresses(event.currentTarget.value);
          }}
        />
        {add.isError && <Problem tone="red" title={problem ?? t("failed")} />}
        {add.data && (
          <>
            <Problem
              tone="green"
              title={t("import.said", { count: add.data.added })}
              text={t("import.already", { count: add.data.already })}
            />
            {add.data.refused.slice(0, SHOWN).map(({ line, text, why }) => (
              <Problem key={line} tone="amber" title={t("import.line", { line, text })} text={why} />
            ))}
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <FileButton
            accept=".csv,.txt,text/csv,text/plain"
            onChange={(file) => void file?.text().then(setAddresses)}
          >
            {(props) => (
              <Button {...props} variant="default" mr="auto">
                {t("import.file")}
              </Button>
            )}
          </FileButton>
          <Button variant="default" onClick={onClose}>
            {t(add.data ? "close" : "cancel")}
          </Button>
          <Button
            loading={add.isPending}
            disabled={lines === 0 || add.data !== undefined}
            onClick={() => {
              add.mutate({ addresses, channel: "" });
            }}
          >
            {t("import.do", { count: lines })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
