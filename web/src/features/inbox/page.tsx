import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import {
  type Scope,
  type Sentiment,
  useChangeConversation,
  useConversations,
  useInboxCounts,
} from "@/api/inbox";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { ConversationList } from "./ConversationList";
import classes from "./Inbox.module.css";
import { Scopes } from "./Scopes";
import { ThreadPane } from "./ThreadPane";
import { UnmatchedList } from "./UnmatchedList";

const DEFAULTS = { scope: "needs_answer", q: "", meant: "" };

/** Three panes: conversations, the thread, where the person stands. */
export function Component() {
  const { t } = useTranslation("inbox");
  const { contactId } = useParams();
  const [view, setView] = useUrlState(DEFAULTS);
  const { data: counts } = useInboxCounts();
  const open = contactId === undefined ? undefined : Number(contactId);
  const strangers = view.scope === "unmatched";
  return (
    <Room title={t("title")} meta={counts && t("scope.needs_answer") + ` ${counts.needs_answer}`}>
      <div className={classes.panes} data-open={open !== undefined || undefined}>
        <section className={classes.list} aria-label={t("list")}>
          <Scopes view={view} onView={setView} counts={counts} />
          {strangers ? <UnmatchedList /> : <Conversations view={view} open={open} />}
        </section>
        <section className={classes.thread}>
          {open === undefined ? (
            <EmptyRoom title={t("choose.title")} hint={t("choose.hint")} />
          ) : (
            <ThreadPane key={open} contactId={open} />
          )}
        </section>
      </div>
    </Room>
  );
}

interface ConversationsProps {
  readonly view: { readonly scope: string; readonly q: string; readonly meant: string };
  readonly open: number | undefined;
}

function Conversations({ view, open }: ConversationsProps) {
  const { t } = useTranslation("inbox");
  const navigate = useNavigate();
  const list = useConversations(view.scope as Scope, view.meant as Sentiment | "", view.q);
  const change = useChangeConversation(({ needs_answer: asks }) =>
    t(asks === true ? "said.reopened" : "said.done"),
  );
  const rows = list.rows ?? [];
  const here = rows.findIndex((row) => row.contact.id === open);
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row !== undefined)
      void navigate({ pathname: `/inbox/${row.contact.id}`, search: window.location.search });
  };
  const done = () => {
    const row = rows[here];
    if (row === undefined) return;
    change.mutate({ contactId: row.contact.id, needs_answer: !row.needs_answer });
    if (row.needs_answer && view.scope === "needs_answer") go(here + 1);
  };
  useKeys(t("title"), [
    {
      keys: "j",
      label: t("key.next"),
      repeats: true,
      act: () => {
        go(here + 1);
      },
    },
    {
      keys: "k",
      label: t("key.back"),
      repeats: true,
      act: () => {
        go(here - 1);
      },
    },
    {
      keys: "Escape",
      label: t("key.leave"),
      act: () => void navigate({ pathname: "/inbox", search: window.location.search }),
    },
    { keys: "d", label: t("key.done"), act: done },
    { keys: "e", label: "", act: done },
  ]);
  return <ConversationList {...list} open={open} empty={emptyOf(view)} />;
}

function emptyOf({ scope, q, meant }: ConversationsProps["view"]) {
  if (q !== "" || meant !== "") return "emptyFound";
  if (scope === "questions") return "emptyQuestions";
  return scope === "needs_answer" ? "empty" : "emptyAll";
}
