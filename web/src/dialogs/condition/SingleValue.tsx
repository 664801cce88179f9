import { Autocomplete, NumberInput, TextInput } from "@mantine/core";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { RuleValue } from "@/flow/condition";
import type { FieldType } from "@/flow/rules";
import { PickOne } from "@/ui/picks";
import classes from "./Condition.module.css";

export type Single = string | number;

export interface FieldProps<Value> {
  readonly type: FieldType;
  readonly readOnly: boolean;
  readonly suggestions: readonly string[];
  readonly value: Value;
  readonly onChange: (value: RuleValue) => void;
}

interface SingleProps extends FieldProps<Single | boolean | null> {
  readonly label: string;
}

const FIELDS: Readonly<Record<FieldType, ComponentType<SingleProps>>> = {
  boolean: YesOrNo,
  number: Amount,
  date: Day,
  text: Words,
  names: Words,
  event: Words,
};

/** One value of a type. An empty number is none. */
export function SingleValue(props: SingleProps) {
  const Field = FIELDS[props.type];
  return <Field {...props} />;
}

function YesOrNo({ label, readOnly, value, onChange }: SingleProps) {
  const { t } = useTranslation("conditions");
  return (
    <PickOne
      label={label}
      disabled={readOnly}
      options={[
        { value: "true", label: t("sentence.yes") },
        { value: "false", label: t("sentence.no") },
      ]}
      value={value === false ? "false" : "true"}
      onChange={(chosen) => {
        onChange(chosen === "true");
      }}
    />
  );
}

function Amount({ label, readOnly, value, onChange }: SingleProps) {
  return (
    <NumberInput
      size="xs"
      w={96}
      hideControls
      disabled={readOnly}
      aria-label={label}
      decimalScale={6}
      value={typeof value === "number" ? value : ""}
      onChange={(typed) => {
        onChange(typeof typed === "number" ? typed : null);
      }}
    />
  );
}

function Day({ label, readOnly, value, onChange }: SingleProps) {
  return (
    <TextInput
      size="xs"
      type="date"
      w={140}
      disabled={readOnly}
      aria-label={label}
      value={textOf(value)}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}

function Words({ label, readOnly, suggestions, value, onChange }: SingleProps) {
  return (
    <Autocomplete
      size="xs"
      className={classes.value ?? ""}
      disabled={readOnly}
      aria-label={label}
      placeholder={label}
      maxDropdownHeight={240}
      data={[...new Set(suggestions)]}
      value={textOf(value)}
      onChange={onChange}
    />
  );
}

function textOf(value: SingleProps["value"]): string {
  return value === null || typeof value === "boolean" ? "" : String(value);
}
