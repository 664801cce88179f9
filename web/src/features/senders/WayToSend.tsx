import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMailProviders } from "@/api/senders";
import { BY_SMTP } from "./form";
import type { Form } from "./SenderDialog";

/** By a server of one's own, or by one of the providers. */
export function WayToSend({ form }: { readonly form: Form }) {
  const { t } = useTranslation("senders");
  const { data: providers = [] } = useMailProviders();
  const { way } = form.values;
  return (
    <Select
      label={t("way.label")}
      allowDeselect={false}
      searchable
      data={[
        { value: BY_SMTP, label: t("way.smtp") },
        ...providers.map(({ name, title }) => ({ value: name, label: title })),
      ]}
      value={way}
      onChange={(value) => {
        form.setValues({ way: value ?? BY_SMTP, account: {} });
      }}
    />
  );
}
