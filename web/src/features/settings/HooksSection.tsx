import { ActionIcon, Button, Menu, Modal, Text } from "@mantine/core";
import { IconDots, IconLink, IconRefresh, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Hook, type HookWithSecret, useHooks, useRemoveHook, useRotateHook } from "@/api/hooks";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { CopyField } from "@/ui/CopyField";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { HookDialog, HookSecret } from "./HookDialog";
import { eventWords } from "./hookWords";
import { TableSection } from "./TableSection";

/** Addresses at which other programs tell what happened: made, their secret shown once, renewed, removed. */
export function HooksSection() {
  const { t } = useTranslation("settings");
  const { data, isFetching } = useHooks();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("hooks.add")}
    </Button>
  );
  return (
    <TableSection title={t("hooks.title")} intro={t("hooks.intro")} act={add}>
      <DataTable<Hook>
        rows={data}
        hasMore={false}
        onMore={() => undefined}
        loading={isFetching}
        label={t("hooks.title")}
        rowKey={(hook) => hook.id}
        rowName={(hook) => hook.name}
        columns={useColumns()}
        actions={(hook) => <HookActs hook={hook} />}
        empty={<EmptyRoom title={t("hooks.empty")} hint={t("hooks.emptyHint")} />}
      />
      {adding && (
        <HookDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </TableSection>
  );
}

function useColumns(): readonly Column<Hook>[] {
  const { t } = useTranslation("settings");
  return [
    {
      key: "name",
      title: t("hooks.name"),
      width: "25%",
      phone: "title",
      cell: ({ name }) => (
        <Text span inherit fw={500}>
          {name}
        </Text>
      ),
    },
    { key: "event", title: t("hooks.event"), phone: "line", cell: ({ event }) => eventWords(t, event) },
    {
      key: "creates",
      title: t("hooks.unknown"),
      width: 170,
      phone: "hidden",
      cell: ({ creates_contacts: creates }) => t(creates ? "hooks.made" : "hooks.leftOut"),
    },
    {
      key: "used",
      title: t("keys.used"),
      width: 140,
      phone: "line",
      cell: ({ last_used_at: at }) => (at === null ? t("keys.never") : <Moment at={at} relative />),
    },
  ];
}

const ACTS = [
  { act: "address", icon: IconLink },
  { act: "rotate", icon: IconRefresh },
  { act: "remove", icon: IconTrash },
] as const;

function HookActs({ hook }: { readonly hook: Hook }) {
  const { t } = useTranslation("settings");
  const [asks, setAsks] = useState<(typeof ACTS)[number]["act"]>();
  const [renewed, setRenewed] = useState<HookWithSecret>();
  const rotate = useRotateHook();
  const remove = useRemoveHook(t("hooks.removed"));
  const close = () => {
    setAsks(undefined);
  };
  return (
    <>
      <Menu position="bottom-end" width={200}>
        <Menu.Target>
          <ActionIcon size="sm" aria-label={t("hooks.more", { name: hook.name })}>
            <IconDots size={16} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {ACTS.map(({ act, icon: Icon }) => (
            <Menu.Item
              key={act}
              leftSection={<Icon size={16} stroke={1.75} aria-hidden />}
              {...(act === "remove" && { color: "red" })}
              onClick={() => {
                setAsks(act);
              }}
            >
              {t(`hooks.acts.${act}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Modal
        opened={asks === "address"}
        onClose={close}
        title={hook.name}
        closeButtonProps={{ "aria-label": t("members.close") }}
      >
        <CopyField label={t("hooks.address")} value={hook.address} />
      </Modal>
      <ConfirmDialog
        opened={asks === "rotate"}
        onClose={close}
        title={t("hooks.rotateTitle", { name: hook.name })}
        confirm={t("hooks.rotate")}
        busy={rotate.isPending}
        danger
        onConfirm={() => {
          rotate.mutate(hook.id, { onSuccess: setRenewed, onSettled: close });
        }}
      >
        {t("hooks.rotateText")}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asks === "remove"}
        onClose={close}
        title={t("hooks.removeTitle", { name: hook.name })}
        confirm={t("hooks.remove")}
        busy={remove.isPending}
        danger
        onConfirm={() => {
          remove.mutate(hook.id, { onSettled: close });
        }}
      >
        {t("hooks.removeText")}
      </ConfirmDialog>
      {renewed && (
        <Modal
          opened
          onClose={() => {
            setRenewed(undefined);
          }}
          title={hook.name}
          closeOnClickOutside={false}
          closeButtonProps={{ "aria-label": t("members.close") }}
        >
          <HookSecret hook={renewed} />
        </Modal>
      )}
    </>
  );
}
