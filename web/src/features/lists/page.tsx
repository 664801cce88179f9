import { ActionIcon, Anchor, Button, Group, Modal, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { ApiError } from "@/api/client";
import { type ContactList, useCreateList, useDeleteList, useLists } from "@/api/lists";
import { useMay } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DataTable } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import { Room } from "@/ui/Room";
import { OneList } from "./OneList";
import { Tabs } from "./Tabs";

/** The lists of contacts, and one of them. */
export function Component() {
  const { listId } = useParams();
  return listId === undefined ? <All /> : <OneList key={listId} id={Number(listId)} />;
}

function All() {
  const { t } = useTranslation("lists");
  const [making, setMaking] = useState(false);
  const may = useMay();
  const open = () => {
    setMaking(true);
  };
  return (
    <Room
      title={t("title")}
      tabs={<Tabs />}
      actions={
        may("contacts.create") && (
          <Button leftSection={<IconPlus size={16} />} onClick={open}>
            {t("new.title")}
          </Button>
        )
      }
    >
      <Table onNew={open} />
      {making && (
        <NewList
          onClose={() => {
            setMaking(false);
          }}
        />
      )}
    </Room>
  );
}

function Table({ onNew }: { readonly onNew: () => void }) {
  const { t, i18n } = useTranslation("lists");
  const navigate = useNavigate();
  const lists = useLists();
  const may = useMay();
  const [enrolling, enroll] = useState<ContactList>();
  const [going, setGoing] = useState<ContactList>();
  const remove = useDeleteList({ said: () => t("gone") });
  return (
    <>
      <DataTable<ContactList>
        {...lists}
        label={t("title")}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/lists/${id}`)}
        columns={[
          {
            key: "name",
            title: t("name"),
            width: "44%",
            phone: "title",
            cell: ({ id, name }) => (
              <Anchor component={Link} to={`/lists/${id}`} inherit fw={500} c="var(--db-text)">
                {name}
              </Anchor>
            ),
          },
          {
            key: "contacts",
            title: t("contacts"),
            align: "right",
            width: "14%",
            phone: "line",
            cell: ({ contacts }) => contacts.toLocaleString(i18n.language),
          },
          {
            key: "at",
            title: t("since"),
            width: "20%",
            cell: ({ created_at }) => <Moment at={created_at} />,
          },
        ]}
        actions={(list) => (
          <Group gap={4} wrap="nowrap">
            {may("enrollments.create") && list.contacts > 0 && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconPlus size={14} />}
                onClick={() => {
                  enroll(list);
                }}
              >
                {t("enroll", { count: list.contacts })}
              </Button>
            )}
            {may("contacts.delete") && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t("remove", { name: list.name })}
                onClick={() => {
                  setGoing(list);
                }}
              >
                <IconTrash size={16} stroke={1.75} />
              </ActionIcon>
            )}
          </Group>
        )}
        empty={
          <EmptyRoom
            title={t("empty.title")}
            hint={t("empty.hint")}
            action={
              may("contacts.create") && (
                <Group mt="sm">
                  <Button onClick={onNew}>{t("new.title")}</Button>
                  <Button component={Link} to="/contacts/import" variant="default">
                    {t("empty.import")}
                  </Button>
                </Group>
              )
            }
          />
        }
      />
      {enrolling && (
        <EnrollDialog
          opened
          who={{ list_id: enrolling.id }}
          onClose={() => {
            enroll(undefined);
          }}
        />
      )}
      <ConfirmDialog
        opened={going !== undefined}
        danger
        title={t("removeTitle", { name: going?.name ?? "" })}
        confirm={t("removeDo")}
        onClose={() => {
          setGoing(undefined);
        }}
        onConfirm={() => {
          if (going) remove.mutate(going.id);
          setGoing(undefined);
        }}
      >
        {t("removeText", { count: going?.contacts ?? 0 })}
      </ConfirmDialog>
    </>
  );
}

function NewList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation("lists");
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const create = useCreateList();
  const problem = create.error instanceof ApiError ? create.error.problem?.detail : undefined;
  return (
    <Modal opened onClose={onClose} title={t("new.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(name, { onSuccess: ({ id }) => void navigate(`/lists/${id}`) });
        }}
      >
        <TextInput
          data-autofocus
          label={t("name")}
          value={name}
          maxLength={200}
          error={problem}
          onChange={(event) => {
            setName(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={name.trim() === ""} loading={create.isPending}>
            {t("new.do")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
