// Pickers that stand in a sentence. Each has its name for screen readers, because no label stands above it.
import { UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./picks.module.css";
import { localeOf } from "./time";

interface PickProps<Value> {
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled?: boolean;
}

interface PickOneProps<Value extends string> extends PickProps<Value> {
  readonly options: readonly { readonly value: Value; readonly label: string }[];
}

/** One of a few. */
export function PickOne<Value extends string>({
  label,
  value,
  onChange,
  options,
  disabled,
}: PickOneProps<Value>) {
  return (
    <select
      className={classes.pick}
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        onChange(event.currentTarget.value as Value);
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

interface PickNumberProps extends PickProps<number> {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number; told when it is written to its end, and not while it lies outside. */
export function PickNumber({ min = 0, max = 1_000_000, ...rest }: PickNumberProps) {
  const isValid = (text: string) => /^\d+$/.test(text) && Number(text) >= min && Number(text) <= max;
  return (
    <Typed
      {...rest}
      type="number"
      value={String(rest.value)}
      isValid={isValid}
      bounds={{ min, max }}
      onChange={(text) => {
        rest.onChange(Number(text));
      }}
    />
  );
}

interface PickTextProps extends PickProps<string> {
  readonly maxLength?: number;
  readonly placeholder?: string;
}

/** A few words; told when they are written to their end. */
export function PickText({ maxLength = 200, ...rest }: PickTextProps) {
  return <Typed {...rest} type="text" isValid={(text) => text.length <= maxLength} />;
}

/** A time of day: "09:00". */
export function PickTime(props: PickProps<string>) {
  return <Typed {...props} type="time" isValid={(text) => /^\d\d:\d\d/.test(text)} />;
}

interface TypedProps extends PickProps<string> {
  readonly type: "number" | "text" | "time";
  readonly isValid: (text: string) => boolean;
  readonly bounds?: { readonly min: number; readonly max: number };
  readonly placeholder?: string;
}

function Typed({ label, value, onChange, disabled, type, isValid, bounds, placeholder = "" }: TypedProps) {
  const [draft, setDraft] = useState<string>();
  const text = draft ?? value;
  const settle = () => {
    if (draft !== undefined && draft !== value && isValid(draft)) onChange(draft);
    setDraft(undefined);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") setDraft(undefined);
  };
  return (
    <input
      className={classes.pick}
      type={type}
      aria-label={label}
      aria-invalid={!isValid(text)}
      value={text}
      disabled={disabled}
      placeholder={placeholder}
      size={Math.max((text || placeholder).length, 3)}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
      }}
      onBlur={settle}
      onKeyDown={onKeyDown}
      {...bounds}
    />
  );
}

/** A Monday. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY = 86_400_000;

/** Days of the week, Monday is 1 and Sunday is 7; at least one stays. */
export function PickDays({ label, value, onChange, disabled }: PickProps<readonly number[]>) {
  const { i18n } = useTranslation();
  const name = (day: number, weekday: "short" | "long") =>
    new Intl.DateTimeFormat(localeOf(i18n.language), { weekday, timeZone: "UTC" }).format(
      MONDAY + (day - 1) * DAY,
    );
  const toggle = (day: number) => {
    const chosen = value.includes(day) ? value.filter((other) => other !== day) : [...value, day];
    if (chosen.length > 0) onChange(chosen.toSorted((a, b) => a - b));
  };
  return (
    <span role="group" aria-label={label} className={classes.days}>
      {[1, 2, 3, 4, 5, 6, 7].map((day) => (
        <UnstyledButton
          key={day}
          className={classes.day}
          aria-pressed={value.includes(day)}
          aria-label={name(day, "long")}
          disabled={disabled}
          onClick={() => {
            toggle(day);
          }}
        >
          {name(day, "short")}
        </UnstyledButton>
      ))}
    </span>
  );
}
