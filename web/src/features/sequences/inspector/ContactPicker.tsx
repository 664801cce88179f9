import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useContactNames } from "@/api/sequenceContent";

interface ContactPickerProps {
  readonly value: number | undefined;
  readonly onChange: (contact: number | undefined) => void;
  readonly label?: string;
  /** What stands there while nobody is chosen. */
  readonly none?: string;
}

const TYPING = 250;

/** For whom a mail is written: a contact found by name, or an imagined one. */
export function ContactPicker({ value, onChange, label, none }: ContactPickerProps) {
  const { t } = useTranslation("sequences");
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, TYPING);
  const contacts = useContactNames(asked).data ?? [];
  return (
    <Select
      w={280}
      searchable
      clearable
      label={label ?? t("trial.as")}
      placeholder={none ?? t("trial.imagined")}
      nothingFoundMessage={t("trial.nobody")}
      filter={({ options }) => options}
      data={contacts.map(({ id, name }) => ({ value: String(id), label: name }))}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value === undefined ? null : String(value)}
      onChange={(id) => {
        onChange(id === null ? undefined : Number(id));
      }}
    />
  );
}
