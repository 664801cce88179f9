import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useAccept, useInvitation } from "@/api/joining";
import type { Invited } from "@/api/types";
import { Door } from "@/ui/Door";
import { useWords } from "@/ui/words/useWords";
import { Field, type Fields, faultsOf, Form, Password } from "./Form";
import { Gone } from "./Gone";

/** Somebody who was invited becomes a member: `:token` is in the address. */
export function Component() {
  const { t } = useTranslation("session");
  const { token = "" } = useParams();
  const { data: invited, error } = useInvitation(token);
  if (error) return <Gone title={t("invitation.gone")} error={error} />;
  if (invited === undefined) return null;
  return (
    <Door title={t("invitation.title", { workspace: invited.workspace })}>
      <Who invited={invited} />
      <Join token={token} invited={invited} />
    </Door>
  );
}

function Who({ invited }: { readonly invited: Invited }) {
  const { t } = useTranslation("session");
  const { word } = useWords();
  const { email, invited_by: by } = invited;
  const role = word("role", invited.role);
  return (
    <>
      <Text c="dimmed">
        {by === "" ? t("invitation.hintWithout", { email, role }) : t("invitation.hint", { by, email, role })}
      </Text>
      {invited.is_known && (
        <Text c="dimmed">
          {t(invited.is_signed_in ? "invitation.signedIn" : "invitation.known", { email })}
        </Text>
      )}
    </>
  );
}

function Join({ token, invited }: { readonly token: string; readonly invited: Invited }) {
  const { t } = useTranslation("session");
  const accept = useAccept(token);
  const faults = faultsOf(accept.error, t("failed"));
  const submit = ({ name = "", password = "" }: Fields) => {
    accept.mutate(
      { name, password },
      {
        onSuccess: () => {
          window.location.assign("/");
        },
      },
    );
  };
  return (
    <Form
      act={t("invitation.act", { workspace: invited.workspace })}
      busy={accept.isPending}
      fault={faults.whole}
      onSubmit={submit}
    >
      {/* Password managers keep the address with the password. */}
      <input type="hidden" name="username" autoComplete="username" value={invited.email} readOnly />
      <Field name="name" label={t("name")} autoComplete="name" fault={faults.fields.name} first />
      {!invited.is_signed_in && (
        <Password label={t("password")} fault={faults.fields.password} isNew={!invited.is_known} />
      )}
    </Form>
  );
}
