import { Select, Text, TextInput, UnstyledButton } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Person.module.css";

interface EditFieldProps {
  readonly label: string;
  readonly value: string;
  /** What is shown instead of the value. */
  readonly shown?: ReactNode;
  readonly note?: ReactNode;
  readonly type?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly mayEdit: boolean;
  /** Returns what is wrong, "" when it was kept. */
  readonly onSave: (text: string) => Promise<string>;
}

/** A value that becomes a field when it is pressed: Enter keeps, Esc leaves it as it was. */
export function EditField({ label, value, shown, note, mayEdit, ...rest }: EditFieldProps) {
  const { t } = useTranslation("contacts");
  const [editing, setEditing] = useState(false);
  return (
    <div className={classes.field}>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      {editing ? (
        <Edit
          {...rest}
          label={label}
          value={value}
          onClose={() => {
            setEditing(false);
          }}
        />
      ) : (
        <UnstyledButton
          className={classes.value}
          disabled={!mayEdit}
          aria-label={t("edit", { label, value: value === "" ? t("empty.value") : value })}
          onClick={() => {
            setEditing(true);
          }}
        >
          {value === "" ? (
            <Text span inherit c="var(--db-text-3)">
              {t("empty.value")}
            </Text>
          ) : (
            (shown ?? value)
          )}
        </UnstyledButton>
      )}
      {note}
    </div>
  );
}

interface EditProps extends Pick<EditFieldProps, "label" | "value" | "type" | "choices" | "onSave"> {
  readonly onClose: () => void;
}

function Edit({ label, value, type = "text", choices, onSave, onClose }: EditProps) {
  const [text, setText] = useState(value);
  const [fault, setFault] = useState("");
  const keep = async (kept: string) => {
    if (kept === value) {
      onClose();
      return;
    }
    const wrong = await onSave(kept);
    setFault(wrong);
    if (wrong === "") onClose();
  };
  if (choices) {
    return (
      <Select
        aria-label={label}
        autoFocus
        defaultDropdownOpened
        clearable
        searchable
        data={[...choices]}
        value={value === "" ? null : value}
        error={fault}
        onChange={(chosen) => void keep(chosen ?? "")}
        onBlur={onClose}
      />
    );
  }
  return (
    <TextInput
      aria-label={label}
      autoFocus
      type={type === "date" ? "date" : "text"}
      value={text}
      error={fault}
      onChange={(event) => {
        setText(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter") void keep(text);
        if (event.key === "Escape") {
          event.stopPropagation();
          onClose();
        }
      }}
      onBlur={() => void keep(text)}
    />
  );
}
