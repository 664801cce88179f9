import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import { CONTACT_FIELDS, MESSAGE_EVENTS, OTHER_EVENTS } from "./fields";
import { fieldWords } from "./words";

interface FieldPickerProps {
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (field: string) => void;
}

/** What a rule asks about, by its name in words; typing finds it. */
export function FieldPicker({ value, readOnly, onChange }: FieldPickerProps) {
  const { t } = useTranslation("conditions");
  const { fields: own } = useFlowNames();
  const named = (field: string) => ({ value: field, label: fieldWords(t, field, own) });
  const event = (kind: string) => named(`event.${kind}`);
  const groups = [
    { group: t("condition.group.names"), items: ["tag", "list"].map(named) },
    { group: t("condition.group.messages"), items: MESSAGE_EVENTS.map(event) },
    { group: t("condition.group.contact"), items: Object.keys(CONTACT_FIELDS).map(named) },
    { group: t("condition.group.own"), items: own.map(({ field }) => named(field)) },
    { group: t("condition.group.events"), items: OTHER_EVENTS.map(event) },
  ];
  const isKnown = groups.some(({ items }) => items.some((item) => item.value === value));
  return (
    <Select
      size="xs"
      w={172}
      searchable
      allowDeselect={false}
      disabled={readOnly}
      aria-label={t("condition.field")}
      nothingFoundMessage={t("condition.noField")}
      maxDropdownHeight={320}
      comboboxProps={{ width: 240, position: "bottom-start" }}
      data={[...groups.filter(({ items }) => items.length > 0), ...(isKnown ? [] : [named(value)])]}
      value={value}
      onChange={(field) => {
        if (field !== null) onChange(field);
      }}
    />
  );
}
