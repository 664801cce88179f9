import { Button } from "@mantine/core";
import { IconListDetails, IconPencil, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { type Contact, useBulk, useContacts, type Who } from "@/api/contacts";
import { useList, useRenameList } from "@/api/lists";
import { useMay } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import { DataTable, type RowKey } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { FilterBar } from "@/ui/FilterBar";
import { Room } from "@/ui/Room";
import { useSelection } from "@/ui/useSelection";
import { useUrlState } from "@/ui/useUrlState";
import { useColumns } from "./columns";
import { Rename } from "./Rename";

/** Who is on a list. */
export function OneList({ id }: { readonly id: number }) {
  const { t } = useTranslation("lists");
  const list = useList(id);
  const [enrolling, enroll] = useState<Who>();
  const [renaming, setRenaming] = useState(false);
  if (list.isError) return <EmptyRoom title={t("lost.title")} hint={t("lost.hint")} />;
  const { name, contacts: count } = list.data ?? { name: "", contacts: 0 };
  return (
    <Room
      title={name}
      within={{ to: "/lists", title: t("title") }}
      {...(list.data && { meta: t("count", { count }) })}
      actions={
        <Acts
          count={count}
          onRename={() => {
            setRenaming(true);
          }}
          onEnroll={() => {
            enroll({ list_id: id });
          }}
        />
      }
    >
      <Members id={id} onEnroll={enroll} />
      {enrolling && (
        <EnrollDialog
          opened
          who={enrolling}
          onClose={() => {
            enroll(undefined);
          }}
        />
      )}
      {renaming && (
        <RenameList
          id={id}
          name={name}
          onClose={() => {
            setRenaming(false);
          }}
        />
      )}
    </Room>
  );
}

interface ActsProps {
  readonly count: number;
  readonly onRename: () => void;
  readonly onEnroll: () => void;
}

function Acts({ count, onRename, onEnroll }: ActsProps) {
  const { t } = useTranslation("lists");
  const may = useMay();
  return (
    <>
      {may("contacts.edit") && (
        <Button variant="default" leftSection={<IconPencil size={16} />} onClick={onRename}>
          {t("rename")}
        </Button>
      )}
      {may("enrollments.create") && count > 0 && (
        <Button leftSection={<IconPlus size={16} />} onClick={onEnroll}>
          {t("enroll", { count })}
        </Button>
      )}
    </>
  );
}

interface MembersProps {
  readonly id: number;
  readonly onEnroll: (who: Who) => void;
}

function Members({ id, onEnroll }: MembersProps) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const may = useMay();
  const [{ q }, change] = useUrlState({ q: "" });
  const contacts = useContacts({ q, enrolled: "", list_id: id }, "name");
  const selection = useSelection<RowKey>();
  const bulk = useBulk({ said: (_, { counts }) => t("left", { count: counts.changed ?? 0 }) });
  const ids = [...selection.selected].map(Number);
  return (
    <>
      <FilterBar
        search={{
          value: q,
          label: t("search"),
          onChange: (text) => {
            change({ q: text });
          },
        }}
      />
      <DataTable<Contact>
        {...contacts}
        label={t("contacts")}
        rowKey={(contact) => contact.id}
        rowName={({ name }) => name}
        columns={useColumns()}
        selection={selection}
        onOpen={(contact) => void navigate(`/contacts/${contact.id}`)}
        empty={
          <EmptyRoom
            title={t(q === "" ? "nobody.title" : "nobody.fits")}
            hint={t("nobody.hint")}
            action={
              <Button component={Link} to="/contacts" variant="default">
                {t("nobody.to")}
              </Button>
            }
          />
        }
      />
      <BulkBar count={ids.length} onClear={selection.clear}>
        {may("enrollments.create") && (
          <BulkAct
            icon={IconPlus}
            label={t("enroll", { count: ids.length })}
            onClick={() => {
              onEnroll({ contact_ids: ids });
            }}
          />
        )}
        {may("contacts.edit") && (
          <BulkAct
            icon={IconListDetails}
            label={t("leave", { count: ids.length })}
            onClick={() => {
              bulk.mutate({ who: { contact_ids: ids }, act: "remove_from_list", to_list_id: id });
              selection.clear();
            }}
          />
        )}
      </BulkBar>
    </>
  );
}

interface RenameListProps {
  readonly id: number;
  readonly name: string;
  readonly onClose: () => void;
}

function RenameList({ id, name, onClose }: RenameListProps) {
  const { t } = useTranslation("lists");
  const rename = useRenameList(id, { said: () => t("renamed") });
  return (
    <Rename
      name={name}
      busy={rename.isPending}
      onClose={onClose}
      onRename={(text) => {
        rename.mutate(text, { onSuccess: onClose });
      }}
    />
  );
}
