import { Button, Skeleton, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PhoneAccount, usePhoneAccounts } from "@/api/numbers";
import { useMay } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { TableSection } from "../TableSection";
import { AccountDialog } from "./AccountDialog";
import { AccountPanel } from "./AccountPanel";
import { AddNumberDialog } from "./AddNumberDialog";
import { NumbersTable } from "./NumbersTable";
import { Templates } from "./Templates";

/** Accounts at Twilio, which of their numbers send, and their WhatsApp templates. */
export function NumbersSection() {
  const { t } = useTranslation("settings");
  const { data: accounts } = usePhoneAccounts();
  const mayAdd = useMay()("senders.create");
  const about = { title: t("numbers.title"), intro: t("numbers.intro") };
  if (accounts === undefined) {
    return (
      <TableSection {...about}>
        <Skeleton height={160} mx={{ base: 14, sm: 28 }} w="auto" />
      </TableSection>
    );
  }
  if (accounts.length === 0) {
    return (
      <TableSection {...about}>
        <EmptyRoom
          title={t("numbers.empty")}
          hint={t("numbers.emptyHint")}
          action={mayAdd && <Connect label={t("numbers.connect")} />}
        />
      </TableSection>
    );
  }
  return (
    <TableSection {...about} act={mayAdd && <Add accounts={accounts} />}>
      <Stack gap="xl">
        <NumbersTable />
        <Stack gap="md" px={{ base: 14, sm: 28 }} maw={860} align="stretch">
          {accounts.map((account) => (
            <AccountPanel key={account.id} account={account} />
          ))}
          {mayAdd && (
            <div>
              <Connect label={t("numbers.connectMore")} isQuiet />
            </div>
          )}
          <Templates />
        </Stack>
      </Stack>
    </TableSection>
  );
}

interface ConnectProps {
  readonly label: string;
  readonly isQuiet?: boolean;
}

function Connect({ label, isQuiet = false }: ConnectProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant={isQuiet ? "default" : "filled"}
        onClick={() => {
          setOpened(true);
        }}
      >
        {label}
      </Button>
      {opened && (
        <AccountDialog
          onClose={() => {
            setOpened(false);
          }}
        />
      )}
    </>
  );
}

function Add({ accounts }: { readonly accounts: readonly PhoneAccount[] }) {
  const { t } = useTranslation("settings");
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        onClick={() => {
          setOpened(true);
        }}
      >
        {t("numbers.add")}
      </Button>
      {opened && (
        <AddNumberDialog
          accounts={accounts}
          onClose={() => {
            setOpened(false);
          }}
        />
      )}
    </>
  );
}
