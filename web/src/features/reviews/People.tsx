import { Button, Checkbox, Progress, Skeleton, Stack, Text } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Review } from "@/api/reviews";
import { Avatar } from "@/ui/Avatar";
import { Moment } from "@/ui/Moment";
import { First } from "./First";
import classes from "./Reviews.module.css";
import type { Desk } from "./useDesk";

interface PeopleProps {
  readonly desk: Desk;
  readonly withSequence: boolean;
}

/** Who waits, longest first: two lines each; on a phone with the two acts under the thumb. */
export function People({ desk, withSequence }: PeopleProps) {
  const { t } = useTranslation("reviews");
  const { list, rows } = desk;
  return (
    <section className={classes.list} aria-label={t("list")} aria-busy={list.rows === undefined}>
      <Work desk={desk} />
      {list.rows === undefined ? (
        <Stack gap={8} p="md">
          {[0, 1, 2, 3, 4].map((index) => (
            <Skeleton key={index} height={52} />
          ))}
        </Stack>
      ) : (
        <ul className={classes.lines}>
          {rows.map((row) => (
            <Line key={row.id} row={row} desk={desk} withSequence={withSequence} />
          ))}
        </ul>
      )}
      {list.hasMore && (
        <Button variant="subtle" fullWidth onClick={list.onMore} loading={list.loading}>
          {t("more")}
        </Button>
      )}
    </section>
  );
}

interface LineProps extends PeopleProps {
  readonly row: Review;
}

function Line({ row, desk, withSequence }: LineProps) {
  const { open, selection, mayDecide, show } = desk;
  const isOpen = open?.id === row.id;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  return (
    <li
      ref={item}
      className={classes.line}
      data-open={isOpen || undefined}
      data-selected={selection.selected.has(row.id) || undefined}
    >
      {mayDecide && <Choose row={row} desk={desk} />}
      <button
        type="button"
        className={classes.words}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => {
          show(row.id);
        }}
      >
        <Who row={row} />
        <Text span fz="xs" c="dimmed" className={classes.second}>
          <First row={row} {...(withSequence && { within: row.sequence })} />
        </Text>
      </button>
      {mayDecide && <Thumb row={row} desk={desk} />}
    </li>
  );
}

interface ActProps {
  readonly row: Review;
  readonly desk: Desk;
}

function Choose({ row, desk: { selection } }: ActProps) {
  const { t } = useTranslation("reviews");
  return (
    <Checkbox
      size="xs"
      className={classes.box ?? ""}
      aria-label={t("select", { name: row.contact.name })}
      checked={selection.selected.has(row.id)}
      onChange={() => {
        selection.toggle(row.id);
      }}
    />
  );
}

function Who({ row: { contact, asked_at } }: { readonly row: Review }) {
  const { name, company } = contact;
  return (
    <span className={classes.top}>
      <Avatar name={name} />
      <Text span inherit truncate fw={500}>
        {name}{" "}
        <Text span inherit fw={400} c="var(--db-text-3)">
          {company}
        </Text>
      </Text>
      <Text span fz="xs" c="dimmed" ml="auto" className={classes.when}>
        <Moment at={asked_at} relative />
      </Text>
    </span>
  );
}

/** The two acts where a thumb reaches them. */
function Thumb({ row, desk: { decide } }: ActProps) {
  const { t } = useTranslation("reviews");
  const { name } = row.contact;
  return (
    <div className={classes.thumb}>
      <Button
        variant="default"
        leftSection={<IconX size={16} aria-hidden />}
        aria-label={`${t("reject")}: ${name}`}
        onClick={() => {
          decide("reject", [row]);
        }}
      >
        {t("reject")}
      </Button>
      <Button
        variant="light"
        leftSection={<IconCheck size={16} aria-hidden />}
        aria-label={`${t("approve")}: ${name}`}
        onClick={() => {
          decide("approve", [row]);
        }}
      >
        {t("approve")}
      </Button>
    </div>
  );
}

/** How far a decision about many is. */
function Work({ desk: { job } }: { readonly desk: Desk }) {
  const { t } = useTranslation("reviews");
  if (job === undefined) return null;
  const { done, total, finished_at: end } = job;
  const says = end === null ? t("job.running", { done, total: total ?? 0 }) : t("job.done", { done });
  return (
    <div className={classes.job} role="status">
      <Text span fz="xs" c="dimmed" className="tabular">
        {says}
      </Text>
      {end === null && (
        <Progress size="sm" flex={1} value={(100 * done) / Math.max(1, total ?? 1)} aria-label={says} />
      )}
    </div>
  );
}
