import { Button, Group, Skeleton, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
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
  const acts = mayAdd && <Acts accounts={accounts} />;
  if (accounts.length === 0) {
    return (
      <TableSection {...about}>
        <EmptyRoom title={t("numbers.empty")} hint={t("numbers.emptyHint")} action={acts} />
      </TableSection>
    );
  }
  return (
    <TableSection {...about} act={acts}>
      <Connected accounts={accounts} />
    </TableSection>
  );
}

interface AccountsProps {
  readonly accounts: readonly PhoneAccount[];
}

function Connected({ accounts }: AccountsProps) {
  return (
    <Stack gap="xl">
      <NumbersTable />
      <Stack gap="md" px={{ base: 14, sm: 28 }} maw={860}>
        {accounts.map((account) => (
          <AccountPanel key={account.id} account={account} />
        ))}
        <Templates />
      </Stack>
    </Stack>
  );
}

/** Without an account there is one way on: to connect it. */
function Acts({ accounts }: AccountsProps): ReactNode {
  const { t } = useTranslation("settings");
  const [asks, setAsks] = useState<"account" | "number">();
  const isEmpty = accounts.length === 0;
  const close = () => {
    setAsks(undefined);
  };
  return (
    <Group gap="sm">
      <Button
        variant={isEmpty ? "filled" : "default"}
        onClick={() => {
          setAsks("account");
        }}
      >
        {t("numbers.connect")}
      </Button>
      {!isEmpty && (
        <Button
          onClick={() => {
            setAsks("number");
          }}
        >
          {t("numbers.add")}
        </Button>
      )}
      {asks === "account" && <AccountDialog onClose={close} />}
      {asks === "number" && <AddNumberDialog accounts={accounts} onClose={close} />}
    </Group>
  );
}
