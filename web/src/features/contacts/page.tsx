import { Button, Group } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type ContactFilter, useContactCount, useContacts, type Who } from "@/api/contacts";
import { may, useSession } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import type { RowKey } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { useSelection } from "@/ui/useSelection";
import { useUrlState } from "@/ui/useUrlState";
import { AddDialog } from "./AddDialog";
import { Bulk } from "./Bulk";
import { DEFAULTS, filterOf, isNarrowed, sortOf } from "./filter";
import { Filters } from "./Filters";
import { More } from "./More";
import { Table } from "./Table";

/** The people who may be contacted. */
export function Component() {
  const { t } = useTranslation("contacts");
  const [values, change] = useUrlState(DEFAULTS);
  const filter = filterOf(values);
  const contacts = useContacts(filter, sortOf(values));
  const count = useContactCount(filter).data;
  const { selection, chosen, chooseAll } = useChosen(filter, count?.count);
  const [enrolling, enroll] = useState<Who>();
  const [adding, setAdding] = useState(false);
  const session = useSession().data;
  const mayEnroll = may(session, "enrollments.create");
  const isEmpty = contacts.rows?.length === 0 && !isNarrowed(values);
  return (
    <Room
      title={t("title")}
      {...(count && !isEmpty && { meta: t(count.is_more ? "countMore" : "count", { count: count.count }) })}
      actions={
        <>
          <More values={values} onChange={change} />
          {may(session, "contacts.create") && (
            <>
              <Button
                component={Link}
                to="/contacts/import"
                variant="default"
                leftSection={<IconUpload size={16} />}
              >
                {t("import.short")}
              </Button>
              <Button
                leftSection={<IconPlus size={16} />}
                onClick={() => {
                  setAdding(true);
                }}
              >
                {t("add.short")}
              </Button>
            </>
          )}
        </>
      }
    >
      {!isEmpty && (
        <Filters
          values={values}
          onChange={(changed) => {
            selection.clear();
            change(changed);
          }}
        />
      )}
      <Table
        {...contacts}
        sort={sortOf(values)}
        onSort={(sort) => {
          change({ sort });
        }}
        selection={selection}
        {...(mayEnroll && {
          onEnroll: ({ id }) => {
            enroll({ contact_ids: [id] });
          },
        })}
        empty={
          isEmpty ? (
            <Nobody
              onAdd={() => {
                setAdding(true);
              }}
            />
          ) : (
            <NothingFits
              onClear={() => {
                change(DEFAULTS);
              }}
            />
          )
        }
      />
      {chosen && (
        <Bulk
          who={chosen.who}
          count={chosen.count}
          fitting={count?.count}
          filter={filter}
          onAll={chooseAll}
          onClear={selection.clear}
          onEnroll={() => {
            enroll(chosen.who);
          }}
        />
      )}
      {enrolling && (
        <EnrollDialog
          opened
          who={enrolling}
          onClose={() => {
            enroll(undefined);
          }}
          onDone={selection.clear}
        />
      )}
      {adding && (
        <AddDialog
          onClose={() => {
            setAdding(false);
          }}
        />
      )}
    </Room>
  );
}

/** Rows that were ticked, or all that fit: then the filter itself is what is chosen. */
function useChosen(filter: ContactFilter, fitting: number | undefined) {
  const selection = useSelection<RowKey>();
  const [isAll, setAll] = useState(false);
  const ids = [...selection.selected].map(Number);
  const count = isAll ? (fitting ?? ids.length) : ids.length;
  const who: Who = isAll ? { filter } : { contact_ids: ids };
  const letGo = () => {
    setAll(false);
    selection.clear();
  };
  return {
    selection: {
      ...selection,
      toggle: (key: RowKey) => {
        setAll(false);
        selection.toggle(key);
      },
      clear: letGo,
    },
    chosen: ids.length > 0 ? { who, count } : undefined,
    chooseAll: () => {
      setAll(true);
    },
  };
}

function Nobody({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <EmptyRoom
      title={t("empty.title")}
      hint={t("empty.hint")}
      action={
        <Group mt="sm">
          <Button component={Link} to="/contacts/import" leftSection={<IconUpload size={16} />}>
            {t("import.title")}
          </Button>
          <Button variant="default" onClick={onAdd}>
            {t("add.title")}
          </Button>
        </Group>
      }
    />
  );
}

function NothingFits({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <EmptyRoom
      title={t("nothing.title")}
      hint={t("nothing.hint")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("nothing.clear")}
        </Button>
      }
    />
  );
}
