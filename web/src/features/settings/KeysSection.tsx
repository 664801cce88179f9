import { Button, Code, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useApiKeys, useRevokeKey } from "@/api/settings";
import type { Key } from "@/api/types";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { KeyDialog } from "./KeyDialog";
import { TableSection } from "./TableSection";

const MINUTE = 60_000;

/** Keys for programs: made once, shown once, revoked. */
export function KeysSection() {
  const { t } = useTranslation("settings");
  const keys = useApiKeys();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  const columns = useColumns();
  const add = (
    <Button
      onClick={() => {
        setAdding(true);
      }}
    >
      {t("keys.add")}
    </Button>
  );
  return (
    <TableSection title={t("keys.title")} intro={t("keys.intro")} act={add}>
      <DataTable
        {...keys}
        label={t("keys.title")}
        rowKey={(key) => key.id}
        rowName={(key) => key.name}
        columns={columns}
        actions={(key) => <Revoke of={key} onRevoke={setRevoking} />}
        empty={<EmptyRoom title={t("keys.empty")} hint={t("keys.emptyHint")} />}
      />
      {adding && (
        <KeyDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
      <RevokeDialog
        of={revoking}
        onClose={() => {
          setRevoking(undefined);
        }}
      />
    </TableSection>
  );
}

function useColumns(): readonly Column<Key>[] {
  const { t } = useTranslation("settings");
  const { word } = useWords();
  return [
    {
      key: "name",
      title: t("keys.name"),
      width: "30%",
      phone: "title",
      cell: (key) => (
        <Text span inherit truncate>
          <Text span inherit fw={500}>
            {key.name}
          </Text>{" "}
          <Code>{key.prefix}…</Code>
        </Text>
      ),
    },
    { key: "role", title: t("keys.role"), width: 110, phone: "line", cell: (key) => word("role", key.role) },
    { key: "member", title: t("keys.actsAs"), phone: "hidden", cell: (key) => key.member },
    {
      key: "used",
      title: t("keys.used"),
      width: 150,
      phone: "line",
      cell: (key) =>
        key.last_used_at === null ? t("keys.never") : <Moment at={key.last_used_at} relative />,
    },
    {
      key: "expires",
      title: t("keys.expires"),
      width: 170,
      phone: "line",
      cell: (key) => <Until of={key} />,
    },
  ];
}

function Until({ of: { expires_at: expires, revoked_at: revoked } }: { readonly of: Key }) {
  const { t } = useTranslation("settings");
  const now = useNow(MINUTE);
  if (revoked !== null) {
    return (
      <Text span inherit c="dimmed">
        {t("keys.revoked")}
      </Text>
    );
  }
  if (expires === null) return t("keys.forever");
  return Date.parse(expires) <= now ? t("keys.expired") : <Moment at={expires} />;
}

interface RevokeProps {
  readonly of: Key;
  readonly onRevoke: (key: Key) => void;
}

function Revoke({ of: key, onRevoke }: RevokeProps) {
  const { t } = useTranslation("settings");
  if (key.revoked_at !== null) return null;
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        onRevoke(key);
      }}
    >
      {t("keys.revoke")}
    </Button>
  );
}

interface RevokeDialogProps {
  readonly of: Key | undefined;
  readonly onClose: () => void;
}

function RevokeDialog({ of: key, onClose }: RevokeDialogProps) {
  const { t } = useTranslation("settings");
  const revoke = useRevokeKey(t("keys.revokeSaid"));
  const name = key?.name ?? "";
  return (
    <ConfirmDialog
      opened={key !== undefined}
      onClose={onClose}
      title={t("keys.revokeTitle", { name })}
      confirm={t("keys.revokeAct", { name })}
      danger
      onConfirm={() => {
        if (key !== undefined) revoke.mutate(key.id);
        onClose();
      }}
    >
      {t("keys.revokeText")}
    </ConfirmDialog>
  );
}
