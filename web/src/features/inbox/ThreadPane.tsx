import { Anchor, Button, Group, Skeleton, Text, Title } from "@mantine/core";
import { IconArrowBackUp, IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { newClientId, type Thread, useChangeConversation, useThread } from "@/api/inbox";
import { useMay } from "@/api/session";
import { Avatar } from "@/ui/Avatar";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Asked } from "./Asked";
import { Answering } from "./Answering";
import type { Written } from "@/dialogs/mail/letter";
import { useLetter } from "@/dialogs/mail/useLetter";
import classes from "./Inbox.module.css";
import { KindLabel } from "./KindLabel";
import { Meaning } from "./Meaning";
import { Messages } from "./Messages";
import { StatusPanel } from "./StatusPanel";
import { Suggestion } from "./Suggestion";

interface ThreadPaneProps {
  readonly contactId: number;
}

/** One conversation: what was said, what was written, where the person stands. */
export function ThreadPane({ contactId }: ThreadPaneProps) {
  const { t } = useTranslation("inbox");
  const { data: thread, error } = useThread(contactId);
  const { mutate: mark } = useChangeConversation();
  const [draft, setDraft] = useLetter("letters", contactId);
  // What is sent from now on is another letter, whatever became of the one that was taken back.
  const takenBack = (written: Written) => {
    setDraft((now) => {
      const isEmpty = now.text.trim() === "" && now.files.length === 0;
      return { ...now, ...(isEmpty && written), clientId: newClientId() };
    });
  };
  const unread = thread?.unread === true;
  useEffect(() => {
    if (unread) mark({ contactId, unread: false });
  }, [contactId, unread, mark]);
  if (thread === undefined) {
    if (error !== null)
      return <EmptyRoom picture={null} title={t("missing.title")} hint={t("missing.hint")} />;
    return <Skeleton height={360} m="lg" />;
  }
  return (
    <>
      <Head thread={thread} />
      <div className={classes.body}>
        <div className={classes.talk}>
          <Asked thread={thread} />
          <Messages thread={thread} onTakenBack={takenBack} />
          <Suggestion key={`suggested ${contactId}`} thread={thread} draft={draft} onDraft={setDraft} />
          <Answering
            key={contactId}
            thread={thread}
            draft={draft}
            onDraft={setDraft}
            onTakenBack={takenBack}
          />
        </div>
        <aside className={classes.status}>
          <StatusPanel thread={thread} />
        </aside>
      </div>
    </>
  );
}

function Head({ thread }: { readonly thread: Thread }) {
  const { t } = useTranslation("inbox");
  const may = useMay()("contacts.edit");
  const change = useChangeConversation(({ needs_answer: asks }) =>
    t(asks === true ? "said.reopened" : "said.done"),
  );
  const { contact, needs_answer: asks } = thread;
  const Mark = asks ? IconCheck : IconArrowBackUp;
  return (
    <Group className={classes.head} wrap="nowrap" gap="sm">
      <Anchor component={Link} to="/inbox" hiddenFrom="sm" aria-label={t("key.leave")}>
        <IconArrowLeft size={18} stroke={1.75} />
      </Anchor>
      <Avatar name={contact.name} />
      <div style={{ minWidth: 0 }}>
        <Group gap={8} wrap="nowrap">
          <Title order={2}>{contact.name}</Title>
          {thread.kind !== "" && <KindLabel kind={thread.kind} />}
          <Meaning sentiment={thread.sentiment} />
        </Group>
        <Text c="dimmed" truncate>
          {[contact.title, contact.company, contact.email].filter(Boolean).join(", ")}
        </Text>
      </div>
      <Group ml="auto" gap="sm" wrap="nowrap">
        <Button component={Link} to={`/contacts/${contact.id}`} variant="subtle" visibleFrom="md">
          {t("contact")}
        </Button>
        {may && thread.kind !== "" && (
          <Button
            variant="default"
            leftSection={<Mark size={16} stroke={1.75} aria-hidden />}
            onClick={() => {
              change.mutate({ contactId: contact.id, needs_answer: !asks });
            }}
          >
            {t(asks ? "done" : "reopen")}
          </Button>
        )}
      </Group>
    </Group>
  );
}
