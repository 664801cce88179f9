import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword, type Tried } from "@/api/session";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import classes from "./Settings.module.css";

interface PasswordPanelProps {
  readonly hasPassword: boolean;
  readonly email: string;
}

type Result = Tried | { readonly result: "failed" };

/** Changing the password ends all other sessions, and says so. */
export function PasswordPanel({ hasPassword, email }: PasswordPanelProps) {
  const { t } = useTranslation("settings");
  const client = useQueryClient();
  const [tried, setTried] = useState<Result>();
  const [busy, setBusy] = useState(false);
  // Emptied by beginning anew once it is changed.
  const [round, setRound] = useState(0);
  const submit = async (current: string, next: string) => {
    setBusy(true);
    const told: Result = await changePassword(current, next).catch(() => ({ result: "failed" }) as const);
    setTried(told);
    setBusy(false);
    if (told.result !== "done") return;
    setRound(round + 1);
    await client.invalidateQueries({ queryKey: ["session"] });
  };
  return (
    <Panel title={t("account.password")}>
      <Stack gap="md" pb="sm" className={classes.line}>
        {!hasPassword && <Text c="dimmed">{t("account.noPassword")}</Text>}
        <PasswordForm
          key={round}
          hasPassword={hasPassword}
          email={email}
          tried={tried}
          busy={busy}
          onSubmit={(current, next) => void submit(current, next)}
        />
      </Stack>
    </Panel>
  );
}

interface PasswordFormProps extends PasswordPanelProps {
  readonly tried: Result | undefined;
  readonly busy: boolean;
  readonly onSubmit: (current: string, next: string) => void;
}

function PasswordForm({ hasPassword, email, tried, busy, onSubmit }: PasswordFormProps) {
  const { t } = useTranslation("settings");
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(current, next);
      }}
    >
      <Stack gap="md">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {hasPassword && (
          <PasswordField
            label={t("account.current")}
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
            error={tried?.result === "wrong" ? t("account.wrong") : undefined}
          />
        )}
        <PasswordField
          label={t("account.next")}
          hint={t("account.hint")}
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={tried?.result === "weak" ? tried.why : undefined}
        />
        <Became result={tried?.result} />
        <Group justify="space-between">
          <Text fz="xs" c="dimmed">
            {t("account.ends")}
          </Text>
          <Button type="submit" loading={busy}>
            {t(hasPassword ? "account.change" : "account.set")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What became of it, where no field says it. */
function Became({ result }: { readonly result: Result["result"] | undefined }) {
  const { t } = useTranslation("settings");
  if (result === "done") return <Problem tone="green" title={t("account.changed")} />;
  if (result === "throttled") return <Problem tone="amber" title={t("account.throttled")} />;
  if (result === "failed") return <Problem tone="red" title={t("account.failed")} />;
  return null;
}

interface PasswordFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly autoComplete: "current-password" | "new-password";
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly error: string | undefined;
}

function PasswordField({ label, hint, autoComplete, value, onChange, error }: PasswordFieldProps) {
  const { t } = useTranslation("settings");
  return (
    <PasswordInput
      label={label}
      description={hint}
      autoComplete={autoComplete}
      value={value}
      error={error}
      required
      withAsterisk={false}
      maxLength={1000}
      visibilityToggleButtonProps={{ "aria-label": t("account.show") }}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
}
