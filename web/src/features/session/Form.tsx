import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, type SubmitEvent, useId } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";

export type Fields = Readonly<Record<string, string>>;

interface FormProps {
  readonly act: string;
  readonly busy: boolean;
  /** What went wrong with the whole. */
  readonly fault?: string | undefined;
  readonly onSubmit: (fields: Fields) => void;
  readonly children: ReactNode;
}

/** A form whose fields are read when it is sent; one filled button. */
export function Form({ act, busy, fault, onSubmit, children }: FormProps) {
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)];
    onSubmit(
      Object.fromEntries(entries.map(([name, value]) => [name, typeof value === "string" ? value : ""])),
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {children}
        <Text c="var(--db-red)" role="alert" display={fault === undefined ? "none" : undefined}>
          {fault}
        </Text>
        <Button type="submit" loading={busy} mt="xs">
          {act}
        </Button>
      </Stack>
    </form>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly fault?: string | undefined;
  readonly autoComplete: string;
  readonly type?: "email" | "text";
  readonly first?: boolean;
  readonly value?: string;
}

export function Field({ name, label, hint, fault, autoComplete, type = "text", first, value }: FieldProps) {
  return (
    <TextInput
      name={name}
      label={label}
      description={hint}
      error={fault}
      type={type}
      autoComplete={autoComplete}
      autoFocus={first === true}
      defaultValue={value ?? ""}
      maxLength={type === "email" ? 320 : 200}
      required
      withAsterisk={false}
    />
  );
}

interface PasswordProps {
  readonly label: string;
  readonly fault?: string | undefined;
  readonly isNew: boolean;
  readonly first?: boolean;
}

/** A password; a new one says what it takes. */
export function Password({ label, fault, isNew, first }: PasswordProps) {
  const { t } = useTranslation("session");
  const id = useId();
  return (
    <PasswordInput
      id={id}
      name="password"
      label={label}
      description={isNew ? t("passwordHint") : undefined}
      error={fault}
      autoComplete={isNew ? "new-password" : "current-password"}
      autoFocus={first === true}
      minLength={isNew ? 10 : 1}
      maxLength={1000}
      visibilityToggleButtonProps={{ "aria-label": t("show") }}
      required
      withAsterisk={false}
    />
  );
}

/** Return what the server said about one field, and what it said about the whole when it named none. */
export function faultsOf(
  error: Error | null,
  otherwise: string,
): { fields: Fields; whole: string | undefined } {
  if (error === null) return { fields: {}, whole: undefined };
  const problem = error instanceof ApiError ? error.problem : undefined;
  const fields = problem?.fields ?? {};
  return { fields, whole: Object.keys(fields).length > 0 ? undefined : (problem?.detail ?? otherwise) };
}
