import { Anchor, Button, Group, Skeleton, Text } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconSquare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Enrollment, useEnrollments, useMoveEnrollments, type Verb } from "@/api/enrollments";
import { useMay } from "@/api/session";
import { BeatStrip } from "@/ui/BeatStrip";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { KindIcon } from "@/ui/kinds";
import { Countdown, Moment } from "@/ui/Moment";
import { QuickEnroll } from "./QuickEnroll";
import { Panel } from "@/ui/Panel";
import { StateLabel } from "@/ui/StateLabel";
import { useWords, type Words } from "@/ui/words/useWords";
import classes from "./Person.module.css";

interface SequenceStatusProps {
  readonly contactId: number;
  readonly onEnroll?: () => void;
}

/** Every sequence this person is or was in: where it stands, what comes next, Pause and Stop. */
export function SequenceStatus({ contactId, onEnroll }: SequenceStatusProps) {
  const { t } = useTranslation("contacts");
  const { rows } = useEnrollments({ contact_id: contactId, reason: "", step: "", q: "" });
  const ordered = rows?.toSorted((a, b) => Number(a.state === "finished") - Number(b.state === "finished"));
  return (
    <Panel
      title={t("status.title")}
      right={
        onEnroll && (
          <Anchor component="button" type="button" inherit fw={500} onClick={onEnroll}>
            {t("enroll")}
          </Anchor>
        )
      }
    >
      {onEnroll && <QuickEnroll contactId={contactId} />}
      {ordered === undefined && <Skeleton h={120} mb="sm" />}
      {ordered?.length === 0 && (
        <Text c="dimmed" pb="sm">
          {t("status.none")}
        </Text>
      )}
      {ordered?.map((run) => (
        <div key={run.id} className={classes.run}>
          <Run run={run} />
        </div>
      ))}
    </Panel>
  );
}

function Run({ run }: { readonly run: Enrollment }) {
  const { t } = useTranslation("contacts");
  const isOver = run.state === "finished";
  return (
    <>
      <Group justify="space-between" wrap="nowrap" gap="sm" pb={isOver ? 4 : 10}>
        <Anchor component={Link} to={`/enrollments/${run.id}`} inherit fw={500} c="var(--db-text)" truncate>
          {run.sequence}
        </Anchor>
        <StateLabel state={run.state} reason={run.reason} />
      </Group>
      {isOver ? (
        <Text c="dimmed" pb="xs">
          {t("status.finished")} {run.finished_at !== null && <Moment at={run.finished_at} />}
        </Text>
      ) : (
        <>
          <Strip run={run} />
          <Next run={run} />
          <Acts run={run} />
        </>
      )}
    </>
  );
}

function Strip({ run: { strip } }: { readonly run: Enrollment }) {
  const { word } = useWords();
  const { t } = useTranslation("contacts");
  const label = strip
    .map(({ kind, job_type, day }) =>
      t("status.onDay", { kind: word("kind", job_type || kind), day: Math.floor(day) }),
    )
    .join(", ");
  const marks = strip
    .filter(({ mark }) => mark !== "left_out")
    .map(({ day, kind, job_type, mark }) => ({
      day,
      kind,
      jobType: job_type,
      state: mark as "done" | "now" | "ahead" | "blocked",
    }));
  return <BeatStrip marks={marks} label={label} size="large" numbered />;
}

function Next({ run: { next, sender, contact } }: { readonly run: Enrollment }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  if (next === null) return null;
  const at = next.hold === "" ? next.at : null;
  const from = sender === null ? "" : ` ${t("status.from", { name: sender.name })}`;
  return (
    <div className={classes.next}>
      <KindIcon kind={next.kind} jobType={next.job_type} />
      <div style={{ flex: 1, minWidth: 0 }}>
        <Text fw={500} truncate>
          {next.name || kindWord(word, next)}
        </Text>
        <Text c="dimmed" truncate>
          {at === null ? word("hold", next.hold) : <Moment at={at} zone={contact.time_zone} />}
          {from}
        </Text>
      </div>
      {at !== null && (
        <Text c="dimmed">
          <Countdown to={at} />
        </Text>
      )}
    </div>
  );
}

function kindWord(word: Words["word"], { kind, job_type }: { kind: string; job_type: string }): string {
  return job_type === "" ? word("kind", kind) : word("jobType", job_type);
}

function Acts({ run }: { readonly run: Enrollment }) {
  const { t } = useTranslation("contacts");
  const [stopping, setStopping] = useState(false);
  const move = useMoveEnrollments({ said: ({ verb }) => t(`status.said.${verb}`, { name: run.sequence }) });
  const mayEdit = useMay()("enrollments.edit");
  const act = (verb: Verb) => {
    move.mutate({ verb, selected: { ids: [run.id] } });
  };
  const rests = run.state === "paused" || run.state === "blocked";
  return (
    <Group gap="sm" pb="xs">
      {mayEdit && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={rests ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
            onClick={() => {
              act(rests ? "resume" : "pause");
            }}
          >
            {t(rests ? "status.resume" : "status.pause")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            c="var(--db-red)"
            leftSection={<IconSquare size={14} />}
            onClick={() => {
              setStopping(true);
            }}
          >
            {t("status.stop", { count: run.ahead })}
          </Button>
        </>
      )}
      <Anchor component={Link} to={`/enrollments/${run.id}`} inherit fw={500} ml="auto">
        {t("status.why")}
      </Anchor>
      <ConfirmDialog
        opened={stopping}
        danger
        title={t("status.stopTitle", { name: run.sequence })}
        confirm={t("status.stop", { count: run.ahead })}
        onClose={() => {
          setStopping(false);
        }}
        onConfirm={() => {
          act("stop");
          setStopping(false);
        }}
      >
        {t("status.stopText", { count: run.ahead })}
      </ConfirmDialog>
    </Group>
  );
}
