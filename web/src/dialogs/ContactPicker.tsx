import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useContactNames } from "@/api/sequenceContent";

interface ContactPickerProps {
  readonly value: number | undefined;
  readonly onChange: (contact: number | undefined) => void;
  readonly label: string;
  /** What stands there while nobody is chosen. */
  readonly none: string;
  /** What stands there when nobody is called so. */
  readonly nobody: string;
}

const TYPING = 250;

/** For whom something is written: a contact found by name, or nobody in particular. */
export function ContactPicker({ value, onChange, label, none, nobody }: ContactPickerProps) {
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, TYPING);
  const contacts = useContactNames(asked).data ?? [];
  return (
    <Select
      w={280}
      maw="100%"
      searchable
      clearable
      label={label}
      placeholder={none}
      nothingFoundMessage={nobody}
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
