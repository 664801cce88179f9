import { Button, Group, Text } from "@mantine/core";
import { IconPlus, IconUserOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Contact } from "@/api/contacts";
import type { Rows } from "@/api/query";
import { type Column, DataTable, type RowKey } from "@/ui/DataTable";
import { Moment } from "@/ui/Moment";
import { PersonName } from "@/ui/PersonName";
import { StateLabel } from "@/ui/StateLabel";
import type { Selection } from "@/ui/useSelection";
import { useWords } from "@/ui/words/useWords";
import classes from "./Contacts.module.css";

interface TableProps extends Rows<Contact> {
  readonly sort: string;
  readonly onSort: (sort: string) => void;
  readonly selection?: Selection<RowKey>;
  readonly onEnroll?: (contact: Contact) => void;
  readonly empty: ReactNode;
}

/** The contacts, one line each. */
export function Table({ sort, onSort, selection, onEnroll, ...rows }: TableProps) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  return (
    <DataTable
      label={t("title")}
      rowKey={(contact) => contact.id}
      rowName={(contact) => contact.name}
      columns={useColumns()}
      sort={{ by: sort.replace("-", ""), descending: sort.startsWith("-") }}
      onSort={({ by, descending }) => {
        onSort(descending ? `-${by}` : by);
      }}
      onOpen={(contact) => void navigate(`/contacts/${contact.id}`)}
      {...(selection && { selection })}
      {...(onEnroll && {
        actions: (contact: Contact) => (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => {
              onEnroll(contact);
            }}
          >
            {t("enroll")}
          </Button>
        ),
      })}
      {...rows}
    />
  );
}

function useColumns(): readonly Column<Contact>[] {
  const { t } = useTranslation("contacts");
  return [
    {
      key: "name",
      title: t("column.person"),
      width: "21%",
      sort: "name",
      phone: "title",
      cell: ({ id, name, company }) => <PersonName name={name} company={company} to={`/contacts/${id}`} />,
    },
    {
      key: "email",
      title: t("column.address"),
      width: "20%",
      phone: "hidden",
      cell: (row) => <Address contact={row} />,
    },
    { key: "stage", title: t("column.stage"), width: "8%", phone: "line", cell: ({ stage }) => stage },
    {
      key: "running",
      title: t("column.sequence"),
      width: "20%",
      phone: "line",
      cell: (row) => <Running contact={row} />,
    },
    { key: "tags", title: t("column.tags"), width: "12%", cell: (row) => <Tags contact={row} /> },
    { key: "last", title: t("column.last"), width: "15%", cell: (row) => <Last contact={row} /> },
  ];
}

function Address({ contact }: { readonly contact: Contact }) {
  const { word } = useWords();
  const { email, phone, blocked } = contact;
  const why = blocked.email;
  return (
    <Group gap={6} wrap="nowrap" component="span">
      {why !== undefined && (
        <span title={word("skip", why)} role="img" aria-label={word("skip", why)} style={{ display: "flex" }}>
          <IconUserOff size={14} stroke={1.75} color="var(--db-text-3)" />
        </span>
      )}
      <Text
        span
        inherit
        truncate
        {...(why === undefined ? {} : { c: "var(--db-text-3)", td: "line-through" })}
      >
        {email === "" ? phone : email}
      </Text>
    </Group>
  );
}

function Running({ contact: { running } }: { readonly contact: Contact }) {
  const { t } = useTranslation("contacts");
  const [first, ...more] = running;
  if (first === undefined)
    return (
      <Text span inherit c="var(--db-text-3)">
        {t("noSequence")}
      </Text>
    );
  const others = more.length > 0 ? ` ${t("andMore", { count: more.length })}` : "";
  return <StateLabel state={first.state} reason={first.reason} note={`${first.sequence}${others}`} />;
}

function Tags({ contact: { tags } }: { readonly contact: Contact }) {
  return (
    <Group gap={4} wrap="nowrap" component="span" title={tags.map(({ name }) => name).join(", ")}>
      {tags.slice(0, 1).map(({ id, name }) => (
        <span key={id} className={classes.tag}>
          {name}
        </span>
      ))}
      {tags.length > 1 && <Text span fz="xs" c="var(--db-text-3)">{`+${tags.length - 1}`}</Text>}
    </Group>
  );
}

function Last({ contact: { last } }: { readonly contact: Contact }) {
  const { word } = useWords();
  if (last == null) return null;
  return (
    <Text span inherit c="dimmed" truncate>
      {word("event", last.kind)}, <Moment at={last.at} relative />
    </Text>
  );
}
