import { Anchor, Group, MultiSelect, Pill, TagsInput, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ContactDetail, useBulk, useContactFacets } from "@/api/contacts";

interface TagsAndListsProps {
  readonly contact: ContactDetail;
  readonly mayEdit: boolean;
}

/** Tags and lists as chips; a press on Change makes them fields. */
export function TagsAndLists({ contact, mayEdit }: TagsAndListsProps) {
  const { t } = useTranslation("contacts");
  const [editing, setEditing] = useState(false);
  return (
    <section>
      <Group justify="space-between">
        <Title order={2}>{t("tagsAndLists")}</Title>
        {mayEdit && (
          <Anchor
            component="button"
            type="button"
            inherit
            onClick={() => {
              setEditing(!editing);
            }}
          >
            {t(editing ? "done" : "change")}
          </Anchor>
        )}
      </Group>
      {editing ? <Fields contact={contact} /> : <Chips contact={contact} />}
    </section>
  );
}

function Chips({ contact: { tags, lists } }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  if (tags.length + lists.length === 0) return t("empty.value");
  return (
    <Group gap={6} mt="xs">
      {tags.map(({ id, name }) => (
        <Pill td="none" key={`tag-${id}`} component={Link} {...{ to: `/contacts?tag=${id}` }}>
          {name}
        </Pill>
      ))}
      {lists.map(({ id, name }) => (
        <Pill
          td="none"
          key={`list-${id}`}
          component={Link}
          {...{ to: `/lists/${id}` }}
          bg="transparent"
          bd="1px solid var(--db-line-strong)"
        >
          {name}
        </Pill>
      ))}
    </Group>
  );
}

/** Each change is kept at once and can be undone on its toast. */
function Fields({ contact: { id, tags, lists } }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const facets = useContactFacets().data;
  const bulk = useBulk({ said: () => t("bulk.saidOne") });
  const who = { contact_ids: [id] };
  const tagNames = tags.map(({ name }) => name);
  const listIds = lists.map((list) => String(list.id));
  return (
    <>
      <TagsInput
        mt="xs"
        label={t("filter.tag")}
        data={facets?.tags.map(({ value }) => value) ?? []}
        value={tagNames}
        onChange={(names) => {
          const { added, gone } = difference(tagNames, names);
          if (added !== undefined) bulk.mutate({ who, act: "add_tag", tag: added });
          if (gone !== undefined) bulk.mutate({ who, act: "remove_tag", tag: gone });
        }}
      />
      <MultiSelect
        mt="xs"
        searchable
        label={t("filter.list")}
        data={facets?.lists.map((list) => ({ value: String(list.id), label: list.value })) ?? []}
        value={listIds}
        onChange={(ids) => {
          const { added, gone } = difference(listIds, ids);
          if (added !== undefined) bulk.mutate({ who, act: "add_to_list", to_list_id: Number(added) });
          if (gone !== undefined) bulk.mutate({ who, act: "remove_from_list", to_list_id: Number(gone) });
        }}
      />
    </>
  );
}

function difference(before: readonly string[], after: readonly string[]) {
  return {
    added: after.find((each) => !before.includes(each)),
    gone: before.find((each) => !after.includes(each)),
  };
}
