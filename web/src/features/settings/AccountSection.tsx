import { Skeleton, Stack, useMantineColorScheme } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChangeOwnself, useSession } from "@/api/session";
import type { Session } from "@/api/types";
import { chooseLanguage, type Language, LANGUAGES } from "@/ui/language";
import { Panel } from "@/ui/Panel";
import { PickOne, PickText } from "@/ui/picks";
import { undoToast } from "@/ui/toasts";
import { useWords } from "@/ui/words/useWords";
import { PasswordPanel } from "./PasswordPanel";
import classes from "./Settings.module.css";
import { SettingLine } from "./SettingLine";

const SCHEMES = ["auto", "light", "dark"] as const;

/** What is about oneself: name, password, how drumbeat looks and speaks. */
export function AccountSection() {
  const { t } = useTranslation("settings");
  const { data: session } = useSession();
  if (session === undefined) return <Skeleton h={260} maw={680} radius="lg" />;
  return (
    <Stack gap="lg" className={classes.narrow}>
      <Panel title={t("section.account")}>
        <NameLine session={session} />
        <PhoneLine session={session} />
        <LookLine />
      </Panel>
      <PasswordPanel hasPassword={session.has_password} email={session.email} />
    </Stack>
  );
}

function NameLine({ session }: { readonly session: Session }) {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  const change = useChangeOwnself();
  const before = session.name;
  const picker = (
    <PickText
      label={t("account.nameLabel")}
      value={change.variables?.name ?? session.name}
      onChange={(name) => {
        change.mutate(
          { name },
          {
            onSuccess: () => {
              undoToast({ text: t("saved"), undo: () => change.mutateAsync({ name: before }) });
            },
          },
        );
      }}
    />
  );
  const effect = t("account.nameEffect", { email: session.email, role: word("role", session.role) });
  return (
    <SettingLine
      text={t("account.who")}
      parts={{ name: picker }}
      effect={session.own_contacts_only ? `${effect} ${t("account.own")}` : effect}
    />
  );
}

/** Where the calls of sequences that a person answers are put through to. */
function PhoneLine({ session }: { readonly session: Session }) {
  const { t } = useTranslation("settings");
  const change = useChangeOwnself();
  const before = session.phone;
  const picker = (
    <PickText
      label={t("account.phoneLabel")}
      value={session.phone}
      placeholder={t("account.phoneNone")}
      onChange={(phone) => {
        change.mutate(
          { phone },
          {
            onSuccess: () => {
              undoToast({ text: t("saved"), undo: () => change.mutateAsync({ phone: before }) });
            },
          },
        );
      }}
    />
  );
  return (
    <SettingLine text={t("account.phone")} parts={{ phone: picker }} effect={t("account.phoneEffect")} />
  );
}

function LookLine() {
  const { t, i18n } = useTranslation("settings");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));
  const language = (
    <PickOne
      label={t("account.language")}
      value={i18n.language as Language}
      options={languages}
      onChange={(code) => void chooseLanguage(i18n, code)}
    />
  );
  const scheme = (
    <PickOne
      label={t("account.scheme")}
      value={colorScheme}
      options={SCHEMES.map((value) => ({ value, label: t(`account.${value}`) }))}
      onChange={setColorScheme}
    />
  );
  return (
    <SettingLine text={t("account.look")} parts={{ language, scheme }} effect={t("account.lookEffect")} />
  );
}
