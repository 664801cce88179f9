import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Enrollment, NextAction, StripMark } from "@/api/enrollments";
import { BeatStrip, type Mark } from "@/ui/BeatStrip";
import { KindIcon } from "@/ui/kinds";
import { Moment } from "@/ui/Moment";
import { StateLabel } from "@/ui/StateLabel";
import { dayOf } from "@/ui/moments";
import { useNow } from "@/ui/useNow";
import { useWords } from "@/ui/words/useWords";
import { useLastWords, useStepName } from "./words";

interface RowProps {
  readonly row: Enrollment;
}

const MINUTE = 60_000;

/** State and reason; what runs says what holds it. */
export function StateCell({ row }: RowProps) {
  return <StateLabel state={row.state} reason={row.reason} note={useNote(row)} />;
}

function useNote(row: Enrollment): string | undefined {
  const { t, i18n } = useTranslation("enrollments");
  const { word } = useWords();
  const now = useNow(MINUTE);
  if (row.state === "paused" && row.resume_at !== null) {
    const day = dayOf(Date.parse(row.resume_at), now, i18n);
    return t("note.until", { reason: word("pauseReason", row.reason), day });
  }
  const hold = row.next?.hold ?? "";
  return hold === "" || row.state === "blocked" ? undefined : word("hold", hold);
}

const MARKS: Readonly<Record<StripMark["mark"], NonNullable<Mark["state"]>>> = {
  done: "done",
  now: "now",
  blocked: "blocked",
  ahead: "ahead",
  left_out: "ahead",
};
const STRIP = 84;

/** Where it stands among its steps, drawn to scale. */
export function StepCell({ row }: RowProps) {
  const { t } = useTranslation("enrollments");
  const nameOf = useStepName();
  if (row.steps === 0) return null;
  const days = row.strip.map((mark) => t("strip.day", { kind: nameOf(mark), day: Math.floor(mark.day) }));
  return (
    <Group gap={8} wrap="nowrap">
      <BeatStrip
        size="row"
        width={STRIP}
        marks={row.strip.map((mark) => ({ day: mark.day, state: MARKS[mark.mark] }))}
        ended={row.state === "finished" && row.reason !== "completed"}
        label={t("strip.label", { position: row.position, steps: row.steps, days: days.join(", ") })}
      />
      <Text span fz="xs" c="dimmed" className="tabular">
        {t("strip.of", { position: row.position, steps: row.steps })}
      </Text>
    </Group>
  );
}

/** What comes next and when, or why not. */
export function NextCell({ row }: RowProps) {
  const { t } = useTranslation("enrollments");
  const nameOf = useStepName();
  const next = row.next;
  if (next === null) {
    return (
      <Text span inherit c="var(--db-text-3)">
        {t("next.nothing")}
      </Text>
    );
  }
  return (
    <Group gap={8} wrap="nowrap" miw={0}>
      <KindIcon kind={next.kind} jobType={next.job_type} />
      <Text span inherit truncate>
        {nameOf(next)}{" "}
        <Text span inherit c="dimmed">
          <When row={row} next={next} />
        </Text>
      </Text>
    </Group>
  );
}

function When({ row, next }: RowProps & { readonly next: NextAction }) {
  const { t } = useTranslation("enrollments");
  const now = useNow(MINUTE);
  const word = fixedWord(row, next);
  if (word !== undefined) return t(`next.${word}`);
  const at = Date.parse(next.at ?? "");
  const before = next.hold !== "" ? t("next.heldUntil") : isTaskOut(next) ? t("next.due") : undefined;
  if (before !== undefined) {
    return (
      <>
        {before} {momentOf(row, at)}
      </>
    );
  }
  return at <= now ? t("next.now") : momentOf(row, at);
}

function isTaskOut(next: NextAction): boolean {
  return next.kind === "task" && next.status !== "";
}

function momentOf(row: Enrollment, at: number) {
  return <Moment at={at} zone={row.contact.time_zone} />;
}

/** What is said instead of a moment, where there is none or it does not count. */
function fixedWord(row: Enrollment, next: NextAction) {
  if (row.state === "pending_review") return "approved";
  if (next.status === "interrupted" || next.status === "sending") return next.status;
  if (next.at !== null) return undefined;
  if (row.state === "paused") return "resumed";
  return row.state === "blocked" || next.hold !== "" ? "held" : "soon";
}

/** What happened last. */
export function LastCell({ row }: RowProps) {
  const say = useLastWords();
  return (
    <Text span inherit c="dimmed">
      {say(row)}, <Moment at={row.last?.at ?? row.created_at} />
    </Text>
  );
}
