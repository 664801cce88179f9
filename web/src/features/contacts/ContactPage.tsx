import { Button, Skeleton } from "@mantine/core";
import { IconCheckbox, IconMail, IconMessages, IconPhone, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { type ContactDetail, useContact } from "@/api/contacts";
import { may, useSession } from "@/api/session";
import { EnrollDialog } from "@/dialogs/EnrollDialog";
import { LogEventDialog } from "@/dialogs/LogEventDialog";
import { TaskDialog } from "@/dialogs/TaskDialog";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Composer } from "./person/Composer";
import { Head } from "./person/Head";
import { History } from "./person/History";
import { NextTouches } from "./person/NextTouches";
import classes from "./person/Person.module.css";
import { Profile } from "./person/Profile";
import { SequenceStatus } from "./person/SequenceStatus";

/** One person: profile, conversation, Sequence Status. */
export function Component() {
  const { t } = useTranslation("contacts");
  const { contactId } = useParams();
  const contact = useContact(Number(contactId));
  if (contact.isError) {
    return (
      <EmptyRoom
        title={t("gone.title")}
        hint={t("gone.hint")}
        action={
          <Button component={Link} to="/contacts" variant="default">
            {t("gone.back")}
          </Button>
        }
      />
    );
  }
  if (contact.data === undefined) return <Skeleton m="xl" h={420} />;
  return <Page key={contact.data.id} contact={contact.data} />;
}

function Page({ contact }: { readonly contact: ContactDetail }) {
  const { t } = useTranslation("contacts");
  const [open, setOpen] = useState<"enroll" | "log" | "task">();
  const session = useSession().data;
  const rights = {
    enroll: may(session, "enrollments.create"),
    edit: may(session, "contacts.edit"),
    task: may(session, "tasks.create"),
  };
  const show = (dialog: "enroll" | "log" | "task") => () => {
    setOpen(dialog);
  };
  const close = () => {
    setOpen(undefined);
  };
  useKeys(t("key.title"), [
    { keys: "e", label: t("key.enroll"), act: show("enroll") },
    { keys: "l", label: t("key.log"), act: show("log") },
    { keys: "t", label: t("task"), act: show("task") },
  ]);
  const acts = (
    <>
      {rights.enroll && (
        <Button leftSection={<IconPlus size={16} />} onClick={show("enroll")}>
          {t("enroll")}
        </Button>
      )}
      <Button component="a" href="#composer" variant="default" leftSection={<IconMail size={16} />}>
        {t("message")}
      </Button>
      <Button
        component={Link}
        to={`/inbox/${contact.id}`}
        variant="default"
        leftSection={<IconMessages size={16} />}
      >
        {t("conversation")}
      </Button>
      {rights.edit && (
        <Button variant="default" leftSection={<IconPhone size={16} />} onClick={show("log")}>
          {t("log")}
        </Button>
      )}
      {rights.task && (
        <Button variant="default" leftSection={<IconCheckbox size={16} />} onClick={show("task")}>
          {t("task")}
        </Button>
      )}
    </>
  );
  return (
    <div className={classes.page}>
      <Head contact={contact} acts={acts} />
      <div className={classes.columns}>
        <aside className={classes.profile}>
          <Profile contact={contact} mayEdit={rights.edit} />
        </aside>
        <div className={classes.history}>
          <History contact={contact} />
          <Composer contact={contact} mayEdit={rights.edit} mayWrite={rights.enroll} />
        </div>
        <aside className={classes.status}>
          <SequenceStatus contactId={contact.id} {...(rights.enroll && { onEnroll: show("enroll") })} />
          <NextTouches contact={contact} />
        </aside>
      </div>
      <div className={classes.thumb}>{acts}</div>
      <EnrollDialog who={{ contact_ids: [contact.id] }} opened={open === "enroll"} onClose={close} />
      <LogEventDialog contactId={contact.id} name={contact.name} opened={open === "log"} onClose={close} />
      <TaskDialog contact={contact} opened={open === "task"} onClose={close} />
    </div>
  );
}
