import { Group, PasswordInput, Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PORTS } from "./form";
import type { Form } from "./SenderDialog";

interface ServerFieldsProps {
  readonly form: Form;
  readonly hasPassword: boolean;
}

/** A server of one's own. The password goes in and never comes out. */
export function ServerFields({ form, hasPassword }: ServerFieldsProps) {
  const { t } = useTranslation("senders");
  const ways = ["starttls", "tls", "starttls-when-offered", "plain"] as const;
  return (
    <>
      <Group align="flex-start">
        <TextInput required flex="1 1 200px" label={t("form.host")} {...form.getInputProps("host")} />
        <Select
          w={100}
          label={t("form.port")}
          data={[...new Set([...PORTS.map(String), form.values.port])]}
          allowDeselect={false}
          {...form.getInputProps("port")}
        />
        <Select
          flex="1 1 190px"
          label={t("form.security")}
          allowDeselect={false}
          data={ways.map((value) => ({ value, label: t(`security.${value}`) }))}
          {...form.getInputProps("security")}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={t("form.username")} autoComplete="off" {...form.getInputProps("username")} />
        <PasswordInput
          label={t("form.password")}
          autoComplete="new-password"
          {...(hasPassword && { placeholder: t("form.kept") })}
          {...form.getInputProps("password")}
        />
      </Group>
    </>
  );
}
