import { Button } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useContactCount, useContacts, type Who } from "@/api/contacts";
import { useMay } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { AddDialog } from "./AddDialog";
import { Bulk } from "./Bulk";
import { Nobody, NothingFits } from "./Empty";
import { DEFAULTS, filterOf, isNarrowed, sortOf, type Values } from "./filter";
import { Filters } from "./Filters";
import { More } from "./More";
import { Table } from "./Table";
import { useChosen } from "./useChosen";

/** The people who may be contacted. */
export function Component() {
  const { t } = useTranslation("contacts");
  const [values, change] = useUrlState(DEFAULTS);
  const count = useContactCount(filterOf(values)).data;
  const [adding, setAdding] = useState(false);
  const may = useMay();
  const add = () => {
    setAdding(true);
  };
  return (
    <Room
      title={t("title")}
      {...(count && { meta: t(count.is_more ? "countMore" : "count", { count: count.count }) })}
      actions={
        <>
          <More values={values} />
          {may("contacts.create") && <Acts onAdd={add} />}
        </>
      }
    >
      <People values={values} fitting={count?.count} onChange={change} onAdd={add} />
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

function Acts({ onAdd }: { readonly onAdd: () => void }) {
  const { t } = useTranslation("contacts");
  return (
    <>
      <Button component={Link} to="/contacts/import" variant="default" leftSection={<IconUpload size={16} />}>
        {t("import.short")}
      </Button>
      <Button leftSection={<IconPlus size={16} />} onClick={onAdd}>
        {t("add.short")}
      </Button>
    </>
  );
}

interface PeopleProps {
  readonly values: Values;
  readonly fitting: number | undefined;
  readonly onChange: (changed: Partial<Values>) => void;
  readonly onAdd: () => void;
}

/** Filters, the table, and what can be done with those who are ticked. */
function People({ values, fitting, onChange, onAdd }: PeopleProps) {
  const filter = filterOf(values);
  const contacts = useContacts(filter, sortOf(values));
  const { selection, chosen, chooseAll } = useChosen(filter, fitting);
  const [enrolling, enroll] = useState<Who>();
  const mayEnroll = useMay()("enrollments.create");
  const isEmpty = contacts.rows?.length === 0 && !isNarrowed(values);
  const change = (changed: Partial<Values>) => {
    selection.clear();
    onChange(changed);
  };
  const showAll = () => {
    change(DEFAULTS);
  };
  return (
    <>
      {!isEmpty && <Filters values={values} onChange={change} />}
      <Table
        {...contacts}
        sort={sortOf(values)}
        onSort={(sort) => {
          onChange({ sort });
        }}
        selection={selection}
        {...(mayEnroll && {
          onEnroll: ({ id }) => {
            enroll({ contact_ids: [id] });
          },
        })}
        empty={isEmpty ? <Nobody onAdd={onAdd} /> : <NothingFits onClear={showAll} />}
      />
      {chosen && (
        <Bulk
          {...chosen}
          fitting={fitting}
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
    </>
  );
}
