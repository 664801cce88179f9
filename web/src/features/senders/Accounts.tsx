import { Button, Group, Text } from "@mantine/core";
import { IconAlertOctagon, IconCheck, IconClock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Grant, useGrants, useRemoveGrant, useStartGrant } from "@/api/grants";
import { useMay } from "@/api/session";
import { ConnectedLine } from "@/dialogs/connect/ConnectedLine";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { Panel, PanelRow } from "@/ui/Panel";
import { Marked } from "@/ui/StateLabel";
import classes from "./Accounts.module.css";

/** The accounts that people connected, each with what it is used for and whether it still lets drumbeat in. */
export function Accounts() {
  const { t } = useTranslation("senders");
  const grants = useGrants().data?.items ?? [];
  return (
    <div className={classes.below}>
      <ConnectedLine />
      {grants.length > 0 && (
        <Panel title={t("accounts.title")} count={grants.length}>
          {grants.map((grant) => (
            <PanelRow key={grant.id}>
              <Account grant={grant} />
            </PanelRow>
          ))}
        </Panel>
      )}
    </div>
  );
}

const LOOKS = {
  ok: { icon: IconCheck, color: "var(--db-green)", wash: "var(--db-green-wash)" },
  error: { icon: IconClock, color: "var(--db-amber)", wash: "var(--db-amber-wash)" },
  revoked: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
} as const;

interface AccountProps {
  readonly grant: Grant;
}

function Account({ grant }: AccountProps) {
  const { t } = useTranslation("senders");
  const may = useMay();
  const uses = [
    ...(grant.senders.length > 0 ? [t("accounts.sends")] : []),
    ...(grant.mailboxes.length > 0 ? [t("accounts.reads")] : []),
  ];
  return (
    <div className={classes.account}>
      <div className={classes.who}>
        <Text inherit fw={500} truncate>
          {grant.address}
        </Text>
        <Text fz="xs" c="dimmed" truncate>
          {t("accounts.by", { provider: grant.provider_name, name: grant.connected_by })}
          {" · "}
          {uses.length === 0 ? t("accounts.idle") : uses.join(", ")}
        </Text>
      </div>
      <div className={classes.state}>
        <Marked look={LOOKS[grant.state]} label={t(`accounts.state.${grant.state}`)} note={grant.fault} />
      </div>
      <Group gap="sm" wrap="nowrap" ml="auto">
        {may("senders.create") && grant.state !== "ok" && <Again grant={grant} />}
        {may("senders.edit") && <Remove grant={grant} />}
      </Group>
    </div>
  );
}

function Again({ grant }: AccountProps) {
  const { t } = useTranslation("senders");
  const start = useStartGrant();
  const { provider, address, senders, mailboxes } = grant;
  return (
    <Button
      size="xs"
      loading={start.isPending}
      onClick={() => {
        start.mutate({
          provider,
          address,
          name: "",
          uses:
            mailboxes.length === 0 ? ["sender"] : senders.length === 0 ? ["mailbox"] : ["sender", "mailbox"],
        });
      }}
    >
      {t("connect.again")}
    </Button>
  );
}

function Remove({ grant }: AccountProps) {
  const { t } = useTranslation("senders");
  const [asks, setAsks] = useState(false);
  const { address, provider_name: provider } = grant;
  const remove = useRemoveGrant((revoked) =>
    t(revoked ? "accounts.removed" : "accounts.removedHere", { address }),
  );
  const close = () => {
    setAsks(false);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          setAsks(true);
        }}
      >
        {t("accounts.remove")}
      </Button>
      <ConfirmDialog
        opened={asks}
        onClose={close}
        title={t("accounts.removeTitle", { address })}
        confirm={t("accounts.remove")}
        busy={remove.isPending}
        danger
        onConfirm={() => {
          remove.mutate(grant.id, { onSettled: close });
        }}
      >
        {t("accounts.removeText", { provider })}
      </ConfirmDialog>
    </>
  );
}
