import { Button, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import type { Conversation } from "@/api/inbox";
import type { Rows } from "@/api/query";
import { Avatar } from "@/ui/Avatar";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { Moment } from "@/ui/Moment";
import classes from "./Inbox.module.css";
import { KindLabel } from "./KindLabel";
import { Meaning } from "./Meaning";

interface ConversationListProps extends Rows<Conversation> {
  readonly open: number | undefined;
  /** What is said where there is none. */
  readonly empty: "empty" | "emptyAll" | "emptyQuestions" | "emptyFound";
}

/** Two lines each: who, when; the class and the beginning. */
export function ConversationList({ rows, hasMore, onMore, loading, open, empty }: ConversationListProps) {
  const { t } = useTranslation("inbox");
  if (rows === undefined) {
    return (
      <Stack gap={8} p="md">
        {[0, 1, 2, 3, 4].map((index) => (
          <Skeleton key={index} height={46} />
        ))}
      </Stack>
    );
  }
  if (rows.length === 0) {
    return <EmptyRoom title={t(`${empty}.title`)} hint={t(`${empty}.hint`)} />;
  }
  return (
    <>
      <ul className={classes.lines}>
        {rows.map((row) => (
          <Line key={row.contact.id} row={row} isOpen={row.contact.id === open} />
        ))}
      </ul>
      {hasMore && (
        <Button variant="subtle" fullWidth onClick={onMore} loading={loading}>
          {t("more")}
        </Button>
      )}
    </>
  );
}

interface LineProps {
  readonly row: Conversation;
  readonly isOpen: boolean;
}

function Line({ row, isOpen }: LineProps) {
  const { t } = useTranslation("inbox");
  const { search } = useLocation();
  return (
    <li>
      <Link
        to={{ pathname: `/inbox/${row.contact.id}`, search }}
        className={classes.line}
        aria-current={isOpen ? "true" : undefined}
        data-unread={row.unread || undefined}
      >
        <Avatar name={row.contact.name} />
        <span className={classes.words}>
          <span className={classes.top}>
            <Text span inherit truncate fw={row.unread ? 600 : 500}>
              {row.contact.name}{" "}
              <Text span inherit fw={400} c="var(--db-text-3)">
                {row.contact.company}
              </Text>
            </Text>
            <Text span fz="xs" c="dimmed">
              <Moment at={row.last_at} />
            </Text>
          </span>
          <span className={classes.bottom}>
            {row.sentiment === "" || row.question !== "" ? (
              <KindLabel kind={row.question === "" ? row.kind : "weak_reply"} />
            ) : (
              <Meaning sentiment={row.sentiment} />
            )}
            <Text span inherit truncate c="dimmed">
              {row.preview}
            </Text>
            {row.unread && <span className={classes.dot} title={t("unread")} />}
          </span>
        </span>
      </Link>
    </li>
  );
}
