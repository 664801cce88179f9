import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { usePasswordLink, useSetPassword } from "@/api/joining";
import { Door } from "@/ui/Door";
import { faultsOf, Form, Password } from "./Form";
import { Gone } from "./Gone";

/** A new password by a link that an admin made: `:token` is in the address. */
export function Component() {
  const { t } = useTranslation("session");
  const { token = "" } = useParams();
  const { data: person, error } = usePasswordLink(token);
  const set = useSetPassword(token);
  if (error) return <Gone title={t("setPassword.gone")} error={error} />;
  if (person === undefined) return null;
  const faults = faultsOf(set.error, t("failed"));
  return (
    <Door title={t("setPassword.title")}>
      <Text c="dimmed">{t("setPassword.hint", { email: person.email })}</Text>
      <Form
        act={t("setPassword.act")}
        busy={set.isPending}
        fault={faults.whole}
        onSubmit={({ password = "" }) => {
          set.mutate(password, {
            onSuccess: () => {
              window.location.assign("/");
            },
          });
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={person.email} readOnly />
        <Password label={t("newPassword")} fault={faults.fields.password} isNew first />
      </Form>
    </Door>
  );
}
