import { ActionIcon, Button, Menu, Text } from "@mantine/core";
import { IconAlertOctagon, IconCheck, IconClock, IconDots, IconSquare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Mailbox, useMailboxes, useRemoveMailbox, useSwitchMailbox } from "@/api/mailboxes";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { ConnectedLine } from "@/dialogs/connect/ConnectedLine";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { Marked } from "@/ui/StateLabel";
import { MailboxDialog } from "./MailboxDialog";
import { faultWords } from "./mailboxWords";
import { TableSection } from "./TableSection";

/** Mailboxes that are read for replies and bounces: added, tried, switched, removed. */
export function MailboxesSection() {
  const { t } = useTranslation("settings");
  const may = useMay();
  const { data } = useMailboxes();
  const [adding, setAdding] = useState(false);
  const add = may("senders.create") && (
    <Button
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("mailboxes.add")}
    </Button>
  );
  return (
    <TableSection title={t("mailboxes.title")} intro={t("mailboxes.intro")} act={add}>
      <ConnectedLine />
      <DataTable<Mailbox>
        rows={data?.items}
        label={t("mailboxes.title")}
        rowKey={(box) => box.id}
        rowName={(box) => box.address}
        columns={useColumns()}
        {...(may("senders.edit") && { actions: (box: Mailbox) => <Acts box={box} /> })}
        empty={<EmptyRoom title={t("mailboxes.empty")} hint={t("mailboxes.emptyHint")} />}
      />
      {adding && (
        <MailboxDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </TableSection>
  );
}

function useColumns(): readonly Column<Mailbox>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "address",
      title: t("mailboxes.address"),
      width: "28%",
      phone: "title",
      cell: ({ address }) => (
        <Text span inherit fw={500}>
          {address}
        </Text>
      ),
    },
    {
      key: "place",
      title: t("mailboxes.folder"),
      phone: "hidden",
      cell: ({ folder, host }) => `${folder}, ${host}`,
    },
    {
      key: "state",
      title: t("mailboxes.state"),
      width: "34%",
      phone: "line",
      cell: (box) => <Standing box={box} />,
    },
    {
      key: "read",
      title: t("mailboxes.read"),
      width: 130,
      phone: "hidden",
      cell: ({ read_at: at }) => (at === null ? t("mailboxes.never") : <Moment at={at} relative />),
    },
  ];
}

const LOOKS = {
  ok: { icon: IconCheck, color: "var(--db-green)", wash: "var(--db-green-wash)" },
  new: { icon: IconClock, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  off: { icon: IconSquare, color: "var(--db-text-3)", wash: "var(--db-hover)" },
  fault: { icon: IconAlertOctagon, color: "var(--db-red)", wash: "var(--db-red-wash)" },
} as const;

function Standing({ box }: { readonly box: Mailbox }) {
  const { t } = useTranslation("settings");
  if (!box.enabled) return <Marked look={LOOKS.off} label={t("mailboxes.off")} note="" />;
  if (box.fault !== "") {
    return <Marked look={LOOKS.fault} label={faultWords(t, box.fault)} note={box.fault_text} />;
  }
  const word = box.read_at === null ? "new" : "ok";
  return <Marked look={LOOKS[word]} label={t(`mailboxes.${word}`)} note="" />;
}

function Acts({ box }: { readonly box: Mailbox }) {
  const { t } = useTranslation("settings");
  const [asks, setAsks] = useState<"edit" | "remove">();
  const change = useSwitchMailbox({ on: t("mailboxes.enabled"), off: t("mailboxes.disabled") });
  const remove = useRemoveMailbox(t("mailboxes.removed"));
  const close = () => {
    setAsks(undefined);
  };
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t("mailboxes.more", { address: box.address })}>
            <IconDots size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              setAsks("edit");
            }}
          >
            {t("mailboxes.edit")}
          </Menu.Item>
          <Menu.Item
            onClick={() => {
              change.mutate({ id: box.id, enabled: !box.enabled });
            }}
          >
            {t(box.enabled ? "mailboxes.disable" : "mailboxes.enable")}
          </Menu.Item>
          <Menu.Item
            color="red"
            onClick={() => {
              setAsks("remove");
            }}
          >
            {t("mailboxes.remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asks === "edit" && <MailboxDialog box={box} onClose={close} />}
      <ConfirmDialog
        opened={asks === "remove"}
        onClose={close}
        title={t("mailboxes.removeTitle", { address: box.address })}
        confirm={t("mailboxes.removeAct")}
        busy={remove.isPending}
        danger
        onConfirm={() => {
          remove.mutate(box.id, { onSettled: close });
        }}
      >
        {t("mailboxes.removeText")}
      </ConfirmDialog>
    </>
  );
}
