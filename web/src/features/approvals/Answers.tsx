import { Button, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type AnswerDraft, useAnswerDrafts } from "@/api/answerDrafts";
import { Avatar } from "@/ui/Avatar";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Moment } from "@/ui/Moment";
import classes from "./Approvals.module.css";
import type { View } from "./view";

/** What agents would answer, each with the way to its conversation: there it is read beside what was asked. */
export function Answers({ view }: { readonly view: View }) {
  const { t } = useTranslation("approvals");
  const { rows, hasMore, onMore, loading } = useAnswerDrafts(
    view.q,
    view.sort === "newest" ? "newest" : "oldest",
  );
  const list = useRef<HTMLUListElement>(null);
  useWalk(list);
  if (rows?.length === 0) {
    return <EmptyRoom picture={null} title={t("answers.empty.title")} hint={t("answers.empty.hint")} />;
  }
  return (
    <>
      <ul ref={list} className={classes.lines} aria-label={t("answers.list")}>
        {rows?.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" fullWidth onClick={onMore} loading={loading}>
          {t("more")}
        </Button>
      )}
      <p className={classes.keys}>{t("answers.where")}</p>
    </>
  );
}

/** j and k go from line to line; Enter opens the one that has the focus, as any link. */
function useWalk(list: React.RefObject<HTMLUListElement | null>): void {
  const { t } = useTranslation("approvals");
  const go = (by: number) => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const here = links.findIndex((each) => each === document.activeElement);
    links[here === -1 ? 0 : Math.max(0, Math.min(links.length - 1, here + by))]?.focus();
  };
  useKeys(t("title"), [
    {
      keys: "j",
      label: t("answers.key.next"),
      act: () => {
        go(1);
      },
      repeats: true,
    },
    {
      keys: "k",
      label: t("answers.key.back"),
      act: () => {
        go(-1);
      },
      repeats: true,
    },
  ]);
}

function Line({
  row: { contact, agent, text, written_at: at, risk, outdated },
}: {
  readonly row: AnswerDraft;
}) {
  const { t } = useTranslation("approvals");
  const isDoubtful = risk !== "none" || outdated.length > 0;
  return (
    <li className={classes.line}>
      <Link to={`/inbox/${contact.id}`} className={classes.words}>
        <span className={classes.top}>
          <Avatar name={contact.name} />
          <Text span inherit truncate fw={500}>
            {contact.name}{" "}
            <Text span inherit fw={400} c="var(--db-text-3)">
              {contact.company}
            </Text>
          </Text>
          {at !== null && (
            <Text span fz="xs" c="dimmed" ml="auto" className={classes.when ?? ""}>
              <Moment at={at} relative />
            </Text>
          )}
        </span>
        <span className={classes.second}>
          <Text span inherit truncate c="dimmed">
            {t("answers.by", { agent: agent?.name ?? t("answers.somebody"), text })}
          </Text>
        </span>
        {isDoubtful && (
          <span className={classes.second}>
            <IconAlertTriangle size={14} stroke={1.75} color="var(--db-amber)" aria-hidden />
            <Text span inherit>
              {outdated.length > 0 ? t("answers.outdated") : t(`risk.${risk}` as "risk.look")}
            </Text>
          </span>
        )}
      </Link>
    </li>
  );
}
