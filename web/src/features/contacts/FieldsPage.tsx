import { ActionIcon, Anchor, Button, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { ApiError } from "@/api/client";
import {
  useChangeField,
  useCreateField,
  useDeleteField,
  useDeleteTag,
  useFields,
  useRenameTag,
  useTags,
} from "@/api/contactFields";
import type { Field, FieldType } from "@/api/contacts";
import { useMay } from "@/api/session";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { DataTable } from "@/ui/DataTable";
import { Room } from "@/ui/Room";
import { EditField } from "./person/EditField";

const TYPES: readonly FieldType[] = ["text", "number", "date", "boolean"];

/** The workspace's own fields and its tags. */
export function Component() {
  const { t } = useTranslation("contacts");
  return (
    <Room title={t("fields.title")} within={{ to: "/contacts", title: t("title") }} padded>
      <Stack gap={40} maw={820} pt="xs" pb={60}>
        <Fields />
        <Tags />
      </Stack>
    </Room>
  );
}

function Fields() {
  const { t, i18n } = useTranslation("contacts");
  const [going, setGoing] = useState<Field>();
  const fields = useFields().data;
  const change = useChangeField();
  const remove = useDeleteField({ said: () => t("fields.gone") });
  const may = useMay();
  const mayEdit = may("contacts.edit");
  const mayDelete = may("contacts.delete");
  return (
    <section>
      <Text c="dimmed" mb="md">
        {t("fields.hint")}
      </Text>
      {mayEdit && <NewField />}
      <DataTable<Field>
        label={t("fields.title")}
        rows={fields}
        rowKey={({ id }) => id}
        empty={<Text c="dimmed">{t("fields.none")}</Text>}
        columns={[
          {
            key: "label",
            title: t("fields.name"),
            phone: "title",
            cell: ({ id, label }) => (
              <EditField
                label=""
                value={label}
                mayEdit={mayEdit}
                onSave={(text) => change.mutateAsync({ id, label: text }).then(() => "", String)}
              />
            ),
          },
          {
            key: "type",
            title: t("import.type"),
            width: "15%",
            phone: "line",
            cell: ({ type }) => t(`type.${type as FieldType}`),
          },
          {
            key: "key",
            title: t("fields.tag"),
            width: "32%",
            cell: ({ key }) => <code>{`{{ contact.custom.${key} }}`}</code>,
          },
          {
            key: "values",
            title: t("fields.values"),
            width: "13%",
            align: "right",
            phone: "line",
            cell: ({ values }) => values.toLocaleString(i18n.language),
          },
        ]}
        {...(mayDelete && {
          actions: (field: Field) => (
            <Remove
              label={t("fields.remove", { name: field.label })}
              onClick={() => {
                setGoing(field);
              }}
            />
          ),
        })}
      />
      <ConfirmDialog
        opened={going !== undefined}
        danger
        title={t("fields.remove", { name: going?.label ?? "" })}
        confirm={t("fields.removeDo")}
        onClose={() => {
          setGoing(undefined);
        }}
        onConfirm={() => {
          if (going) remove.mutate(going.id);
          setGoing(undefined);
        }}
      >
        {t("fields.removeText", { count: going?.values ?? 0 })}
      </ConfirmDialog>
    </section>
  );
}

function NewField() {
  const { t } = useTranslation("contacts");
  const [label, setLabel] = useState("");
  const [type, setType] = useState<FieldType>("text");
  const create = useCreateField();
  const problem = create.error instanceof ApiError ? create.error.problem?.detail : undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(
          { label, type },
          {
            onSuccess: () => {
              setLabel("");
            },
          },
        );
      }}
    >
      <Group align="flex-end" gap="sm" mb="md">
        <TextInput
          label={t("fields.name")}
          placeholder={t("fields.example")}
          value={label}
          error={problem}
          onChange={(event) => {
            setLabel(event.currentTarget.value);
          }}
        />
        <Select
          label={t("import.type")}
          w={130}
          allowDeselect={false}
          value={type}
          data={TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
          onChange={(chosen) => {
            if (chosen !== null) setType(chosen);
          }}
        />
        <Button type="submit" disabled={label.trim() === ""} loading={create.isPending}>
          {t("fields.add")}
        </Button>
      </Group>
    </form>
  );
}

function Tags() {
  const { t, i18n } = useTranslation("contacts");
  const tags = useTags().data;
  const rename = useRenameTag();
  const remove = useDeleteTag({ said: () => t("tags.gone") });
  const may = useMay();
  const mayEdit = may("contacts.edit");
  const mayDelete = may("contacts.delete");
  return (
    <section>
      <Title order={2} mb="xs">
        {t("filter.tags")}
      </Title>
      <DataTable
        label={t("filter.tags")}
        rows={tags}
        rowKey={({ id }) => id}
        empty={<Text c="dimmed">{t("tags.none")}</Text>}
        columns={[
          {
            key: "name",
            title: t("fields.name"),
            phone: "title",
            cell: ({ id, name }) => (
              <EditField
                label=""
                value={name}
                mayEdit={mayEdit}
                onSave={(text) => rename.mutateAsync({ id, name: text }).then(() => "", String)}
              />
            ),
          },
          {
            key: "contacts",
            title: t("title"),
            align: "right",
            width: "20%",
            phone: "line",
            cell: ({ id, contacts }) => (
              <Anchor component={Link} to={`/contacts?tag=${id}`} inherit>
                {contacts.toLocaleString(i18n.language)}
              </Anchor>
            ),
          },
        ]}
        {...(mayDelete && {
          actions: ({ id, name }: { id: number; name: string }) => (
            <Remove
              label={t("fields.remove", { name })}
              onClick={() => {
                remove.mutate(id);
              }}
            />
          ),
        })}
      />
    </section>
  );
}

function Remove({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} title={label} onClick={onClick}>
      <IconTrash size={16} stroke={1.75} />
    </ActionIcon>
  );
}
