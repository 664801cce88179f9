import { PasswordInput, Select, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type MailProvider, type Sender, useMailProviders } from "@/api/senders";
import type { Form } from "./SenderDialog";

interface AccountFieldsProps {
  readonly form: Form;
  /** The account that the sender has already. */
  readonly stored: Sender["account"];
}

/** What the chosen provider must be told. Secrets go in and never come out. */
export function AccountFields({ form, stored }: AccountFieldsProps) {
  const { data: providers = [] } = useMailProviders();
  const provider = providers.find(({ name }) => name === form.values.way);
  if (provider === undefined) return null;
  const kept = stored?.provider === provider.name ? stored.secrets : [];
  return (
    <Stack gap="md">
      {provider.fields.map((field) => (
        <Field key={field.name} form={form} field={field} isKept={kept.includes(field.name)} />
      ))}
      <Notes provider={provider} />
    </Stack>
  );
}

function Notes({ provider: { title, own_ids: ownIds, community } }: { readonly provider: MailProvider }) {
  const { t } = useTranslation("senders");
  const notes = [
    ...(ownIds ? [t("account.ownIds", { title })] : []),
    ...(community ? [t("account.community", { title })] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <Text fz="xs" c="dimmed">
      {notes.join(" ")}
    </Text>
  );
}

interface FieldProps {
  readonly form: Form;
  readonly field: MailProvider["fields"][number];
  readonly isKept: boolean;
}

function Field({ form, field, isKept }: FieldProps) {
  const { t } = useTranslation("senders");
  const { name, secret, choices, required } = field;
  const { account } = form.values;
  const set = (value: string) => {
    form.setFieldValue("account", { ...account, [name]: value });
  };
  const shared = {
    label: t(`field.${name}` as "field.api_key", { defaultValue: field.label }),
    required: required && !isKept,
  };
  if (choices.length > 0) {
    return (
      <Select
        {...shared}
        allowDeselect={false}
        data={choices}
        value={account[name] ?? choices[0] ?? null}
        onChange={(value) => {
          set(value ?? "");
        }}
      />
    );
  }
  const Input = secret ? PasswordInput : TextInput;
  return (
    <Input
      {...shared}
      autoComplete="new-password"
      {...(isKept && { placeholder: t("form.kept") })}
      value={account[name] ?? ""}
      onChange={(event) => {
        set(event.currentTarget.value);
      }}
    />
  );
}
