import {
  Divider,
  Group,
  SegmentedControl,
  Select,
  Stack,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  type MantineColorScheme,
} from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { chooseWorkspace, signOut, useSession } from "@/api/session";
import { useWords } from "@/ui/words/useWords";
import { chooseLanguage, type Language, LANGUAGES } from "@/ui/language";
import { openHelp } from "./help";
import classes from "./Shell.module.css";

interface AccountItemsProps {
  readonly onDone: () => void;
}

const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
const schemes: readonly MantineColorScheme[] = ["auto", "light", "dark"];

/** Who I am and how drumbeat looks to me. */
export function AccountItems({ onDone }: AccountItemsProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <Person />
      <Workspaces />
      <LanguageChoice />
      <SchemeChoice />
      <Divider />
      <div>
        <Item
          icon={<IconKeyboard size={16} stroke={1.75} aria-hidden />}
          onClick={() => {
            onDone();
            openHelp();
          }}
        >
          {t("account.keys")}
        </Item>
        <Item icon={<IconLogout size={16} stroke={1.75} aria-hidden />} onClick={() => void signOut()}>
          {t("account.signOut")}
        </Item>
      </div>
    </Stack>
  );
}

function Person() {
  const { word } = useWords();
  const { data: session } = useSession();
  if (session === undefined) return null;
  return (
    <div>
      <Text fw={500} truncate>
        {session.name}
      </Text>
      <Text fz="xs" c="dimmed" truncate>
        {session.email} · {word("role", session.role)}
      </Text>
    </div>
  );
}

/** Only where there is a choice. */
function Workspaces() {
  const { t } = useTranslation();
  const { data: session } = useSession();
  if (session === undefined || session.workspaces.length < 2) return null;
  return (
    <Select
      label={t("account.workspace")}
      data={session.workspaces.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={String(session.workspace.id)}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
      onChange={(id) => void chooseWorkspace(Number(id))}
    />
  );
}

function LanguageChoice() {
  const { t, i18n } = useTranslation();
  return (
    <Labelled label={t("language")}>
      <SegmentedControl
        fullWidth
        aria-label={t("language")}
        data={languages}
        value={i18n.language}
        onChange={(language) => void chooseLanguage(i18n, language as Language)}
      />
    </Labelled>
  );
}

function SchemeChoice() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Labelled label={t("scheme.label")}>
      <SegmentedControl
        fullWidth
        aria-label={t("scheme.label")}
        data={schemes.map((value) => ({ value, label: t(`scheme.${value}`) }))}
        value={colorScheme}
        onChange={(scheme) => {
          setColorScheme(scheme);
        }}
      />
    </Labelled>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={4} aria-hidden>
        {label}
      </Text>
      {children}
    </div>
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

function Item({ icon, onClick, children }: ItemProps) {
  return (
    <UnstyledButton className={classes.link} onClick={onClick} w="100%">
      <Group gap={10} wrap="nowrap">
        {icon}
        {children}
      </Group>
    </UnstyledButton>
  );
}
