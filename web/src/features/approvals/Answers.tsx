import { Button, Kbd, Skeleton, Stack, Text } from "@mantine/core";
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
import { Checked } from "./Verdict";
import { answersOf, type View } from "./view";

interface AnswersProps {
  readonly view: View;
  /** Show all that wait. */
  readonly onAll: () => void;
}

/** What agents would answer, each with the way to its conversation: there it is read beside what was asked. */
export function Answers({ view, onAll }: AnswersProps) {
  const { t } = useTranslation("approvals");
  const { rows, hasMore, onMore, loading } = useAnswerDrafts(answersOf(view));
  const list = useRef<HTMLUListElement>(null);
  useWalk(list);
  if (rows === undefined) {
    return (
      <Stack gap={8} p="md">
        {[0, 1, 2, 3, 4].map((index) => (
          <Skeleton key={index} height={72} />
        ))}
      </Stack>
    );
  }
  if (rows.length === 0) return <None view={view} onAll={onAll} />;
  return (
    <>
      <ul ref={list} className={classes.lines} aria-label={t("answers.list")}>
        {rows.map((row) => (
          <Line key={row.id} row={row} />
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" fullWidth onClick={onMore} loading={loading}>
          {t("more")}
        </Button>
      )}
      <p className={classes.keys}>
        <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> {t("hint.move")} <Kbd size="xs">e</Kbd>{" "}
        {t("answers.key.open")} <Kbd size="xs">?</Kbd> {t("hint.all")}. {t("answers.where")}
      </p>
    </>
  );
}

function None({ view, onAll }: AnswersProps) {
  const { t } = useTranslation("approvals");
  if (view.q === "" && view.risk === "" && view.whose === "") {
    return <EmptyRoom picture={null} title={t("answers.empty.title")} hint={t("answers.empty.hint")} />;
  }
  return (
    <EmptyRoom
      picture={null}
      title={t("none.title")}
      hint={t("answers.none")}
      action={
        <Button variant="default" onClick={onAll}>
          {t("none.action")}
        </Button>
      }
    />
  );
}

/** j and k go from line to line; e opens the one that has the focus, as Enter does with any link. */
function useWalk(list: React.RefObject<HTMLUListElement | null>): void {
  const { t } = useTranslation("approvals");
  const links = () => [...(list.current?.querySelectorAll("a") ?? [])];
  const focused = (all: readonly HTMLElement[]) => all.findIndex((each) => each === document.activeElement);
  const go = (by: number) => {
    const all = links();
    const here = focused(all);
    all[here === -1 ? 0 : Math.max(0, Math.min(all.length - 1, here + by))]?.focus();
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
    {
      keys: "e",
      label: t("answers.key.edit"),
      act: () => {
        const all = links();
        all[Math.max(0, focused(all))]?.click();
      },
    },
  ]);
}

function Line({ row }: { readonly row: AnswerDraft }) {
  const { t } = useTranslation("approvals");
  const { contact, agent, asked, text, written_at: at } = row;
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
        {asked !== "" && (
          <span className={classes.second}>
            <Text span inherit truncate>
              {t("answers.asked", { text: asked })}
            </Text>
          </span>
        )}
        <span className={classes.second}>
          <Text span inherit truncate c="dimmed">
            {t("answers.by", { agent: agent?.name ?? t("answers.somebody"), text })}
          </Text>
        </span>
        <Doubts row={row} />
      </Link>
    </li>
  );
}

/** What the checks found, and whether it is out of date; nothing where there is nothing to say. */
function Doubts({ row: { risk, concerns, outdated } }: { readonly row: AnswerDraft }) {
  const { t } = useTranslation("approvals");
  if (risk === "none" && outdated.length === 0) return null;
  return (
    <span className={classes.doubts}>
      {risk !== "none" && (
        <Checked verdict={risk} count={concerns.filter(({ severity }) => severity === risk).length} />
      )}
      {outdated.length > 0 && (
        <span className={classes.doubt}>
          <IconAlertTriangle size={14} stroke={1.75} color="var(--db-amber)" aria-hidden />
          <Text span inherit>
            {t("answers.outdated")}
          </Text>
        </span>
      )}
    </span>
  );
}
