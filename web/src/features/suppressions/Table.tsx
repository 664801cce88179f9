import { Anchor, Button, Text } from "@mantine/core";
import { IconAt, IconHash, IconWorldOff } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Rows } from "@/api/query";
import { useMay } from "@/api/session";
import type { Suppression } from "@/api/suppressions";
import { type Column, DataTable } from "@/ui/DataTable";
import { Moment } from "@/ui/Moment";
import { PersonName } from "@/ui/PersonName";
import { LiftDialog } from "./LiftDialog";
import { useReasonWords } from "./useReasonWords";

interface TableProps extends Rows<Suppression> {
  readonly empty: ReactNode;
}

/** Suppressions, one line each. An address is kept as a hash, so it is named only where its contact is known. */
export function Table({ empty, ...rows }: TableProps) {
  const { t } = useTranslation("suppressions");
  const may = useMay();
  const [lifting, lift] = useState<Suppression>();
  return (
    <>
      <DataTable<Suppression>
        {...rows}
        label={t("title")}
        rowKey={({ id }) => id}
        columns={useColumns()}
        actions={(row) =>
          may("suppressions.delete") &&
          row.lifted_at === null &&
          !row.everywhere && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                lift(row);
              }}
            >
              {t("lift.act")}
            </Button>
          )
        }
        empty={empty}
      />
      {lifting && (
        <LiftDialog
          row={lifting}
          onClose={() => {
            lift(undefined);
          }}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Suppression>[] {
  const { t } = useTranslation("suppressions");
  const words = useReasonWords();
  return [
    { key: "whom", title: t("whom"), width: "24%", phone: "title", cell: (row) => <Whom row={row} /> },
    {
      key: "reason",
      title: t("reason"),
      width: "12%",
      phone: "line",
      cell: ({ reason }) => words.reason(reason),
    },
    {
      key: "channel",
      title: t("channel"),
      width: "12%",
      phone: "line",
      cell: ({ channel }) => words.channel(channel),
    },
    { key: "scope", title: t("scope"), width: "13%", cell: (row) => <Scope row={row} /> },
    { key: "source", title: t("source"), width: "12%", cell: ({ source }) => words.source(source) },
    {
      key: "at",
      width: "15%",
      title: t("since"),
      phone: "line",
      cell: ({ created_at, lifted_at, lifted_by }) =>
        lifted_at === null ? (
          <Moment at={created_at} />
        ) : (
          <Text span inherit c="dimmed">
            {t("lifted", { name: lifted_by })} <Moment at={lifted_at} />
          </Text>
        ),
    },
  ];
}

function Whom({ row: { contact, kind } }: { readonly row: Suppression }) {
  const { t } = useTranslation("suppressions");
  if (contact !== null) return <PersonName name={contact.name} to={`/contacts/${contact.id}`} />;
  const Icon = kind === "domain" ? IconAt : IconHash;
  return (
    <Text
      span
      inherit
      c="dimmed"
      title={t("hashed")}
      style={{ display: "inline-flex", gap: 8, alignItems: "center" }}
    >
      <Icon size={14} stroke={1.75} aria-hidden />
      {t(kind === "domain" ? "aDomain" : "anAddress")}
    </Text>
  );
}

function Scope({ row: { scope, everywhere } }: { readonly row: Suppression }) {
  const { t } = useTranslation("suppressions");
  if (everywhere) {
    return (
      <span style={{ display: "inline-flex", gap: 6, alignItems: "center" }}>
        <IconWorldOff size={14} stroke={1.75} aria-hidden />
        {t("everywhere")}
      </span>
    );
  }
  const sequence = /^sequence:(\d+)$/.exec(scope)?.[1];
  if (sequence === undefined) return t("allSequences");
  return (
    <Anchor component={Link} to={`/sequences/${sequence}`} inherit>
      {t("oneSequence")}
    </Anchor>
  );
}
