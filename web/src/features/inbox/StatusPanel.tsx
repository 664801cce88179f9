import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useMoveEnrollments, type Verb } from "@/api/enrollments";
import type { Thread, ThreadEnrollment } from "@/api/inbox";
import { useMay } from "@/api/session";
import { inBrackets } from "@/flow/merge";
import { BeatStrip } from "@/ui/BeatStrip";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import { KindIcon } from "@/ui/kinds";
import { Panel } from "@/ui/Panel";
import { StateLabel } from "@/ui/StateLabel";
import { useWords } from "@/ui/words/useWords";

/** Where the person stands in each sequence, and what is not sent any more. */
export function StatusPanel({ thread }: { readonly thread: Thread }) {
  const { t } = useTranslation("inbox");
  return (
    <Panel title={t("status.title")}>
      {thread.enrollments.length === 0 && <Text c="dimmed">{t("status.none")}</Text>}
      <Stack gap="lg" pb="xs">
        {thread.enrollments.map((enrollment) => (
          <One key={enrollment.id} enrollment={enrollment} />
        ))}
      </Stack>
    </Panel>
  );
}

interface OneProps {
  readonly enrollment: ThreadEnrollment;
}

function One({ enrollment }: OneProps) {
  const { word } = useWords();
  const ended = enrollment.state === "finished";
  return (
    <Stack gap={8}>
      <Group justify="space-between" wrap="nowrap">
        <Anchor
          component={Link}
          to={`/enrollments/${enrollment.id}`}
          inherit
          fw={500}
          c="var(--db-text)"
          fz="sm"
          truncate
        >
          {enrollment.sequence}
        </Anchor>
        <StateLabel state={enrollment.state} reason={enrollment.reason} note="" />
      </Group>
      <BeatStrip
        numbered
        ended={ended}
        label={enrollment.strip.map((mark) => word("kind", mark.kind)).join(", ")}
        marks={enrollment.strip.map((mark) => ({
          day: mark.day,
          kind: mark.kind,
          jobType: mark.job_type,
          state: mark.mark === "left_out" ? "ahead" : mark.mark,
        }))}
      />
      <Left enrollment={enrollment} />
      {!ended && <Acts enrollment={enrollment} />}
    </Stack>
  );
}

const SHOWN = 4;

/** What the sequence would have sent: crossed out when it does not any more. */
function Left({ enrollment }: OneProps) {
  const { t } = useTranslation("inbox");
  const { word } = useWords();
  if (enrollment.left.length === 0) return null;
  const ended = enrollment.state === "finished";
  return (
    <div>
      <Text fz="xs" c="dimmed">
        {t(ended ? "left.title" : "left.waiting")}
      </Text>
      {enrollment.left.slice(0, SHOWN).map((step) => (
        <Group key={step.step} gap={8} wrap="nowrap" mt={4}>
          <KindIcon kind={step.kind} jobType={step.job_type} size={14} />
          <Text component={ended ? "s" : "span"} {...(ended && { c: "dimmed", td: "line-through" })} truncate>
            {step.job_type === "" ? step.name || word("kind", step.kind) : word("jobType", step.job_type)}
            {step.subject !== "" && ` · ${inBrackets(step.subject)}`}
          </Text>
        </Group>
      ))}
    </div>
  );
}

function Acts({ enrollment }: OneProps) {
  const { t } = useTranslation("inbox");
  const may = useMay()("enrollments.edit");
  const [stops, setStops] = useState(false);
  const move = useMoveEnrollments({ said: () => t("said.moved") });
  const ask = (verb: Verb) => {
    move.mutate({ verb, selected: { ids: [enrollment.id] } });
  };
  if (!may) return null;
  const isPaused = enrollment.state === "paused";
  return (
    <Group gap="sm">
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          ask(isPaused ? "resume" : "pause");
        }}
      >
        {t(isPaused ? "status.resume" : "status.pause")}
      </Button>
      <Button
        size="xs"
        variant="default"
        c="red"
        onClick={() => {
          setStops(true);
        }}
      >
        {t("status.stop")}
      </Button>
      <ConfirmDialog
        opened={stops}
        danger
        title={t("stop.title", { sequence: enrollment.sequence })}
        confirm={t("stop.confirm")}
        onClose={() => {
          setStops(false);
        }}
        onConfirm={() => {
          ask("stop");
          setStops(false);
        }}
      >
        {t("stop.text", { count: enrollment.ahead })}
      </ConfirmDialog>
    </Group>
  );
}
