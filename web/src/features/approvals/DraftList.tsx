import { Button, Checkbox, Kbd, Skeleton, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Approval } from "@/api/approvals";
import { Avatar } from "@/ui/Avatar";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { useWords } from "@/ui/words/useWords";
import classes from "./Approvals.module.css";
import { Verdict } from "./Verdict";
import type { Desk } from "./useDesk";
import { isNarrow } from "./view";

interface DraftListProps {
  readonly desk: Desk;
  readonly onAll: () => void;
}

/** The drafts, two lines each: who and how long; which step, and what the checks say. */
export function DraftList({ desk, onAll }: DraftListProps) {
  const { t } = useTranslation("approvals");
  const { list, rows } = desk;
  if (list.rows === undefined) {
    return (
      <Stack gap={8} p="md">
        {[0, 1, 2, 3, 4].map((index) => (
          <Skeleton key={index} height={52} />
        ))}
      </Stack>
    );
  }
  if (rows.length === 0) return <NothingHere desk={desk} onAll={onAll} />;
  return (
    <>
      <ul className={classes.lines}>
        {rows.map((row) => (
          <Line key={row.id} row={row} desk={desk} />
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="subtle" fullWidth onClick={list.onMore} loading={list.loading}>
          {t("more")}
        </Button>
      )}
      <p className={classes.keys} aria-hidden>
        <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> {t("hint.move")} <Kbd size="xs">x</Kbd>{" "}
        {t("hint.select")} <Kbd size="xs">?</Kbd> {t("hint.all")}
      </p>
    </>
  );
}

function NothingHere({ desk, onAll }: DraftListProps) {
  const { t } = useTranslation("approvals");
  const { view } = desk;
  const isOther = view.show === "writing" || view.show === "decided";
  const isAll = view.q === "" && view.risk === "" && view.sequence === "";
  const words = isAll ? (isOther ? view.show : "empty") : "none";
  return (
    <EmptyRoom
      picture={null}
      title={t(`${words as "none"}.title`)}
      hint={t(`${words as "none"}.hint`)}
      action={
        isNarrow(view) && (
          <Button variant="default" onClick={onAll}>
            {t("none.action")}
          </Button>
        )
      }
    />
  );
}

interface LineProps {
  readonly row: Approval;
  readonly desk: Desk;
}

function Line({ row, desk }: LineProps) {
  const { t } = useTranslation("approvals");
  const { openId, selection, mayDecide, show } = desk;
  const isOpen = openId === row.id;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isOpen) item.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  const isChosen = selection.selected.has(row.id);
  return (
    <li
      ref={item}
      className={classes.line}
      data-open={isOpen || undefined}
      data-selected={isChosen || undefined}
    >
      {mayDecide && row.status === "in_approval" && (
        <Checkbox
          size="xs"
          className={classes.box ?? ""}
          aria-label={t("select", { name: row.contact.name })}
          checked={isChosen}
          onChange={() => {
            selection.toggle(row.id);
          }}
        />
      )}
      <button
        type="button"
        className={classes.words}
        aria-current={isOpen ? "true" : undefined}
        onClick={() => {
          show(row.id);
        }}
      >
        <Who row={row} />
        <What row={row} />
      </button>
    </li>
  );
}

function Who({ row }: { readonly row: Approval }) {
  const { name, company } = row.contact;
  const at = row.decided_at ?? row.waits_since;
  return (
    <span className={classes.top}>
      <Avatar name={name} />
      <Text span inherit truncate fw={500}>
        {name}{" "}
        <Text span inherit fw={400} c="var(--db-text-3)">
          {company}
        </Text>
      </Text>
      {at !== null && (
        <Text span fz="xs" c="dimmed" ml="auto" className={classes.when ?? ""}>
          <Moment at={at} relative />
        </Text>
      )}
    </span>
  );
}

function What({ row }: { readonly row: Approval }) {
  const { word } = useWords();
  const kind = row.job_type === "" ? word("kind", row.channel) : word("jobType", row.job_type);
  return (
    <Text span fz="xs" c="dimmed" className={classes.second ?? ""}>
      <KindIcon kind={row.channel} jobType={row.job_type} size={14} />
      <Text span inherit truncate>
        {row.step_name === "" ? kind : row.step_name}
      </Text>
      <Verdict row={row} />
    </Text>
  );
}
