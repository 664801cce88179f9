import { ActionIcon, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PhoneAccount, useRemovePhoneAccount, useTryPhoneAccount } from "@/api/numbers";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";
import { Moment } from "@/ui/Moment";
import { Panel } from "@/ui/Panel";
import { Problem } from "@/ui/Problem";
import { AccountDialog } from "./AccountDialog";

interface AccountProps {
  readonly account: PhoneAccount;
}

/** One account: whether it works, where Twilio tells of what comes in, and what can be done with it. */
export function AccountPanel({ account }: AccountProps) {
  const { t } = useTranslation("settings");
  const mayEdit = useMay()("senders.edit");
  return (
    <Panel
      title={account.name === "" ? t("numbers.account.title") : account.name}
      {...(mayEdit && { right: <Acts account={account} /> })}
    >
      <Stack gap="sm" pb="md">
        <Text c="dimmed" className="tabular">
          {account.sid}
          {account.checked_at !== null && (
            <>
              {` · ${t("numbers.account.checked")} `}
              <Moment at={account.checked_at} relative />
            </>
          )}
        </Text>
        {account.fault !== "" && (
          <Problem tone="red" title={t("numbers.account.fails", { fault: account.fault })} />
        )}
        <Hook account={account} />
      </Stack>
    </Panel>
  );
}

/** How what comes in reaches drumbeat, and whether it did. */
function Hook({ account }: AccountProps) {
  const { t } = useTranslation("settings");
  if (account.hook_url === "") return <Problem tone="amber" title={t("numbers.account.noHook")} />;
  return (
    <Stack gap={6}>
      <CopyField label={t("numbers.account.hook")} value={account.hook_url} />
      <Text fz="xs" c="dimmed">
        {t("numbers.account.hookHint")}
      </Text>
      <Text fz="xs" c="dimmed">
        {account.heard_at === null ? (
          t("numbers.account.unheard")
        ) : (
          <>
            {t("numbers.account.heard")} <Moment at={account.heard_at} relative />
          </>
        )}
      </Text>
      {account.refused_at !== null && (
        <Problem
          tone="amber"
          title={t("numbers.account.refused")}
          text={
            <>
              <Moment at={account.refused_at} />
              {": "}
              {t(
                `numbers.account.refusals.${account.refused_text}` as "numbers.account.refusals.unreadable",
                {
                  defaultValue: account.refused_text,
                },
              )}
            </>
          }
        />
      )}
    </Stack>
  );
}

function Acts({ account }: AccountProps) {
  const { t } = useTranslation("settings");
  const [asks, setAsks] = useState<"edit" | "remove">();
  const tried = useTryPhoneAccount(({ fault }) =>
    fault === "" ? t("numbers.account.works") : t("numbers.account.fails", { fault }),
  );
  const remove = useRemovePhoneAccount(t("numbers.account.removed"));
  const name = account.name === "" ? account.sid : account.name;
  const close = () => {
    setAsks(undefined);
  };
  return (
    <Group gap="sm" wrap="nowrap">
      <Button
        size="xs"
        variant="default"
        loading={tried.isPending}
        onClick={() => {
          tried.mutate(account.id);
        }}
      >
        {t("numbers.account.try")}
      </Button>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t("numbers.account.more", { name })}>
            <IconDots size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              setAsks("edit");
            }}
          >
            {t("numbers.account.edit")}
          </Menu.Item>
          <Menu.Item
            color="red"
            onClick={() => {
              setAsks("remove");
            }}
          >
            {t("numbers.account.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asks === "edit" && <AccountDialog account={account} onClose={close} />}
      <ConfirmDialog
        opened={asks === "remove"}
        onClose={close}
        danger
        title={t("numbers.account.removeTitle", { name })}
        confirm={t("numbers.account.removeAct")}
        busy={remove.isPending}
        onConfirm={() => {
          remove.mutate(account.id, { onSettled: close });
        }}
      >
        {t("numbers.account.removeText")}
      </ConfirmDialog>
    </Group>
  );
}
