import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useApprovalCounts } from "@/api/approvals";
import { useWaitingAnswers } from "@/api/waiting";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Room } from "@/ui/Room";
import { useUrlState } from "@/ui/useUrlState";
import { Answers } from "./Answers";
import classes from "./Approvals.module.css";
import { Bulk } from "./Bulk";
import { DraftList } from "./DraftList";
import { DraftPane } from "./DraftPane";
import { Filters } from "./Filters";
import { Questions } from "./Questions";
import { useApprovalKeys } from "./useApprovalKeys";
import { type Desk, useDesk } from "./useDesk";
import { DEFAULTS, isNarrow, type View } from "./view";

/** What agents wrote and nobody has sent: read, changed, and let go or not. */
export function Component() {
  const [view, setView] = useUrlState(DEFAULTS);
  return view.show === "answers" ? (
    <AnswersRoom view={view} onView={setView} />
  ) : (
    <Drafts view={view} onView={setView} />
  );
}

interface RoomProps {
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
}

/** Answers to replies. They lie in a list alone: read and sent they are in the Inbox, below what was asked. */
function AnswersRoom({ view, onView }: RoomProps) {
  const { t } = useTranslation("approvals");
  const { data: counts } = useApprovalCounts();
  const waiting = useWaitingAnswers();
  return (
    <Room title={t("title")} meta={t("answers.waiting", { count: waiting })}>
      <Filters view={view} counts={counts} onView={onView} />
      <Answers
        view={view}
        onAll={() => {
          onView({ q: "", risk: "", whose: "" });
        }}
      />
    </Room>
  );
}

/** Nothing is being written, and no answer waits. */
function useIsQuiet(): boolean {
  const { data: counts } = useApprovalCounts();
  return useWaitingAnswers() === 0 && counts?.writing === 0;
}

/** Messages of steps. */
function Drafts({ view, onView }: RoomProps) {
  const { t } = useTranslation("approvals");
  const { data: counts } = useApprovalCounts();
  const isQuiet = useIsQuiet();
  const desk = useDesk(view, onView);
  useApprovalKeys(desk);
  const isEmpty = desk.list.rows?.length === 0 && desk.touched === undefined;
  const isPlain = isEmpty && !isNarrow(view) && isQuiet;
  return (
    <Room title={t("title")} {...(counts && { meta: t("waiting", { count: counts.waiting }) })}>
      {isPlain ? <Nothing /> : <Panes desk={desk} view={view} counts={counts} onView={onView} />}
      <Bulk desk={desk} />
      <Questions desk={desk} />
    </Room>
  );
}

interface PanesProps {
  readonly desk: Desk;
  readonly view: View;
  readonly counts: ReturnType<typeof useApprovalCounts>["data"];
  readonly onView: (changed: Partial<View>) => void;
}

function Panes({ desk, view, counts, onView }: PanesProps) {
  const { t } = useTranslation("approvals");
  return (
    <div className={classes.panes} data-open={desk.touched !== undefined || undefined}>
      <section className={classes.list} aria-label={t("list")} aria-busy={desk.list.rows === undefined}>
        <Filters view={view} counts={counts} onView={onView} />
        <DraftList
          desk={desk}
          onAll={() => {
            onView(DEFAULTS);
          }}
        />
      </section>
      <section className={classes.draft} aria-label={desk.detail?.contact.name ?? t("draft")}>
        <Open desk={desk} />
      </section>
    </div>
  );
}

function Open({ desk: { detail, openId, failed }, desk }: { readonly desk: Desk }) {
  const { t } = useTranslation("approvals");
  if (openId === undefined) return null;
  if (detail?.id === openId) return <DraftPane key={openId} detail={detail} desk={desk} />;
  if (failed === null) return <Skeleton height={320} m="xl" w="auto" />;
  return <EmptyRoom picture={null} title={t("gone.title")} hint={t("gone.hint")} />;
}

function Nothing() {
  const { t } = useTranslation("approvals");
  return (
    <EmptyRoom
      title={t("empty.title")}
      hint={t("empty.hint")}
      action={
        <Button component={Link} to="/settings/agents">
          {t("empty.action")}
        </Button>
      }
    />
  );
}
