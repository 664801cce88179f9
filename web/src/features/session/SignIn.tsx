import { Code, Divider, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { destination, signIn } from "@/api/session";
import { Door } from "@/ui/Door";
import { Field, type Fields, Form, Password } from "./Form";

const COMMAND = "drumbeat sign-in";

/** Signing in with email and password, and what else there is. */
export function Component() {
  const { t } = useTranslation("session");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const submit = async ({ email = "", password = "" }: Fields) => {
    setBusy(true);
    const tried = await signIn(email, password).catch(() => undefined);
    if (tried?.result === "done") {
      window.location.assign(destination(window.location.search));
      return;
    }
    setFault(
      tried === undefined
        ? t("failed")
        : t(tried.result === "throttled" ? "signIn.throttled" : "signIn.wrong"),
    );
    setBusy(false);
  };
  return (
    <Door title={t("signIn.title")}>
      <Form act={t("signIn.act")} busy={busy} fault={fault} onSubmit={(fields) => void submit(fields)}>
        <Field name="email" type="email" label={t("email")} autoComplete="username" first />
        <Password label={t("password")} isNew={false} />
      </Form>
      <OtherWays />
    </Door>
  );
}

function OtherWays() {
  const { t } = useTranslation("session");
  return (
    <Stack gap="xs" component="section" aria-label={t("signIn.other")}>
      <Divider my="xs" />
      <Text fz="xs" c="dimmed">
        {t("signIn.link")}
      </Text>
      <Text fz="xs" c="dimmed">
        {t("signIn.operator")}
      </Text>
      <Code block>{COMMAND}</Code>
      <Text fz="xs" c="dimmed">
        {t("signIn.demo")}
      </Text>
    </Stack>
  );
}
