import { ActionIcon, TextInput } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
}

/** Text to take elsewhere: a key, a link, a DNS record. */
export function CopyField({ label, value }: CopyFieldProps) {
  const { t } = useTranslation("ui");
  const { copied, copy } = useClipboard();
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      rightSection={
        <ActionIcon
          size="sm"
          aria-label={copied ? t("copied") : t("copy")}
          onClick={() => {
            copy(value);
          }}
        >
          {copied ? (
            <IconCheck size={16} stroke={1.75} color="var(--db-green)" />
          ) : (
            <IconCopy size={16} stroke={1.75} />
          )}
        </ActionIcon>
      }
    />
  );
}
