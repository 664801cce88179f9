import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { type HeldAccount, useHeldAccounts, useSettleAccount } from "@/api/grants";
import { Problem } from "@/ui/Problem";

interface OtherAccountProps {
  /** The address that is connected now; "" when it was given up. */
  readonly onSettled: (address: string) => void;
}

/** Another account was signed in with than was typed: both addresses, and which one is meant. */
export function OtherAccount({ onSettled }: OtherAccountProps) {
  const { data: accounts } = useHeldAccounts();
  const { t } = useTranslation("connect");
  if (accounts?.length === 0)
    return <Problem tone="red" title={t("failed")} text={t("why.answer_unknown")} />;
  return accounts?.map((account) => <One key={account.id} account={account} onSettled={onSettled} />);
}

interface OneProps extends OtherAccountProps {
  readonly account: HeldAccount;
}

function One({ account: { id, provider_name: provider, typed, signed_in: signedIn }, onSettled }: OneProps) {
  const { t } = useTranslation("connect");
  const settle = useSettleAccount();
  const choose = (use?: "typed" | "signed_in") => () => {
    settle.mutate({ id, ...(use && { use }) }, { onSuccess: onSettled });
  };
  return (
    <>
      <Problem
        tone="amber"
        title={t("other.title", { address: signedIn, provider })}
        text={t("other.text", { address: typed })}
      />
      {settle.error instanceof ApiError && <Problem tone="red" title={settle.error.message} />}
      <Group gap="sm" ml={28} mb="sm">
        <Button size="xs" onClick={choose("signed_in")}>
          {t("other.use", { address: signedIn })}
        </Button>
        <Button size="xs" variant="default" onClick={choose("typed")}>
          {t("other.useTyped", { address: typed })}
        </Button>
        <Button size="xs" variant="subtle" onClick={choose()}>
          {t("other.giveUp")}
        </Button>
      </Group>
    </>
  );
}
