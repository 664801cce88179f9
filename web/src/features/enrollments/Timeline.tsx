import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { EnrollmentDetail, TimelineItem } from "@/api/enrollments";
import { parseDelay } from "@/flow/delay";
import { inBrackets } from "@/flow/merge";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { useSeenWords } from "@/ui/seen/useSeenWords";
import { TouchLabel } from "@/ui/StateLabel";
import classes from "./Enrollment.module.css";
import { useWords } from "@/ui/words/useWords";
import { useStepName } from "./words";

const DONE = new Set(["sent", "delivered", "completed", "skipped", "failed", "cancelled"]);

/** What it did, in order, then the way it would take with today's facts. */
export function Timeline({ enrollment }: { readonly enrollment: EnrollmentDetail }) {
  const { t } = useTranslation("enrollments");
  if (enrollment.timeline.length === 0) return <Text c="dimmed">{t("timeline.none")}</Text>;
  return (
    <ol className={classes.timeline}>
      {enrollment.timeline.map((item) => (
        <Item key={item.position} item={item} zone={enrollment.contact.time_zone} />
      ))}
    </ol>
  );
}

interface ItemProps {
  readonly item: TimelineItem;
  readonly zone: string;
}

function Item({ item, zone }: ItemProps) {
  const nameOf = useStepName();
  const isDone = DONE.has(item.status) && item.executed_at !== null;
  return (
    <li className={classes.item} data-done={isDone || undefined} data-status={item.status}>
      <span className={classes.mark}>
        <KindIcon kind={item.kind} jobType={item.job_type} />
      </span>
      <div className={classes.what}>
        <Text span inherit fw={500}>
          {nameOf(item)}
        </Text>
        {item.subject !== "" && (
          <Text span inherit c="dimmed" className={classes.subject}>
            {" "}
            {inBrackets(item.subject)}
          </Text>
        )}
        <Text component="div" inherit fz="xs" c="dimmed">
          <Facts item={item} />
        </Text>
        <SeenLines item={item} />
      </div>
      <div className={classes.when}>
        <When item={item} zone={zone} />
        <div>
          <TouchLabel status={item.status} reason={isReason(item) ? item.reason : ""} />
        </div>
      </div>
    </li>
  );
}

/** Who opened and clicked the mail; machines stand apart. */
function SeenLines({ item }: { readonly item: TimelineItem }) {
  const { t } = useTranslation("enrollments");
  const words = useSeenWords();
  return item.seen.map((sight) => (
    <Text
      key={sight.word + sight.visitor}
      component="div"
      inherit
      fz="xs"
      {...(sight.visitor !== "human" && { c: "dimmed" })}
    >
      {[
        words.title(sight),
        words.place(sight),
        sight.count > 1 ? t("timeline.seen", { count: sight.count }) : "",
      ]
        .filter((part) => part !== "")
        .join(" · ")}{" "}
      <Moment at={sight.at} />
    </Text>
  ));
}

const WITH_REASON = new Set(["skipped", "failed", "planned", "scheduled"]);

function isReason(item: TimelineItem): boolean {
  return WITH_REASON.has(item.status);
}

function Facts({ item }: { readonly item: TimelineItem }) {
  const { t } = useTranslation("enrollments");
  const { delay } = useWords();
  const waits = parseDelay(item.delay);
  const facts = [
    waits === undefined || waits.value === 0
      ? t("timeline.atOnce")
      : t("timeline.delay", { delay: delay(waits.value, waits.unit) }),
    ...(item.visit > 1 ? [t("timeline.visit", { visit: item.visit })] : []),
    ...(item.status === "completed" && item.reason !== "" ? [t("timeline.way", { way: item.reason })] : []),
  ];
  return (
    <>
      {facts.join(" · ")}
      {item.task_id !== null && (
        <>
          {" · "}
          <Link to={`/tasks/${item.task_id}`}>{item.task_content}</Link>
        </>
      )}
    </>
  );
}

function When({ item, zone }: ItemProps) {
  const { t } = useTranslation("enrollments");
  if (item.executed_at !== null) return <Moment at={item.executed_at} />;
  if (item.estimated_execute_at === null) return t("timeline.unknown");
  return (
    <>
      <Text span inherit c="dimmed">
        {DONE.has(item.status) ? t("timeline.planned") : t("timeline.estimate")}{" "}
      </Text>
      <Moment at={item.estimated_execute_at} zone={zone} />
      {item.overdue && (
        <Text span inherit c="red" fw={500}>
          {" "}
          {t("timeline.overdue")}
        </Text>
      )}
    </>
  );
}
