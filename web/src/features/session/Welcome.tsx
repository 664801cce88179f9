import { NativeSelect, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useClaim, useClaimLink } from "@/api/joining";
import { Door } from "@/ui/Door";
import { Field, type Fields, faultsOf, Form, Password } from "./Form";
import { Gone } from "./Gone";

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const ZONES = [...new Set([HERE, "UTC", ...Intl.supportedValuesOf("timeZone")])];

/** The first owner claims a fresh installation: `:token` is in the address. */
export function Component() {
  const { t } = useTranslation("session");
  const { token = "" } = useParams();
  const link = useClaimLink(token);
  if (link.error) return <Gone title={t("welcome.gone")} error={link.error} />;
  return (
    <Door title={t("welcome.title")}>
      <Text c="dimmed">{t("welcome.hint")}</Text>
      <ClaimForm token={token} />
    </Door>
  );
}

function ClaimForm({ token }: { readonly token: string }) {
  const { t } = useTranslation("session");
  const claim = useClaim(token);
  const faults = faultsOf(claim.error, t("failed"));
  const submit = ({ name = "", email = "", password = "", workspace = "", zone = "" }: Fields) => {
    claim.mutate(
      { name, email, password, workspace, time_zone: zone },
      {
        onSuccess: () => {
          window.location.assign("/");
        },
      },
    );
  };
  return (
    <Form act={t("welcome.act")} busy={claim.isPending} fault={faults.whole} onSubmit={submit}>
      <Field name="name" label={t("name")} autoComplete="name" fault={faults.fields.name} first />
      <Field
        name="email"
        type="email"
        label={t("email")}
        hint={t("welcome.email")}
        autoComplete="username"
        fault={faults.fields.email}
      />
      <Password label={t("password")} fault={faults.fields.password} isNew />
      <Field
        name="workspace"
        label={t("welcome.workspace")}
        hint={t("welcome.workspaceHint")}
        autoComplete="organization"
      />
      <NativeSelect
        name="zone"
        label={t("welcome.zone")}
        description={t("welcome.zoneHint")}
        data={ZONES}
        defaultValue={HERE}
        error={faults.fields.time_zone}
      />
    </Form>
  );
}
