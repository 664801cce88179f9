import { Button, Group, Kbd, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay, useSession } from "@/api/session";
import { type TaskDetail, useCompleteTask, useReassignTask, useSkipTask, useSnoozeTask } from "@/api/tasks";
import { useKeys } from "@/ui/keys";
import { Panel } from "@/ui/Panel";

const HOUR = 3_600_000;
const MORNING = 9;

/** Tomorrow at nine, on the reader's clock. */
function tomorrow(days = 1): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at.toISOString();
}

interface OutcomesProps {
  readonly task: TaskDetail;
  /** Said as soon as a person has decided; the next one comes. */
  readonly onSettled: () => void;
}

/** How it went, each by its number; or later, or not at all. */
export function Outcomes({ task, onSettled }: OutcomesProps) {
  const { t } = useTranslation("tasks");
  const may = useMay()("tasks.edit");
  const acts = useActs(task, onSettled);
  useKeys(
    t("player.title"),
    [
      ...task.outcomes.map((outcome, index) => ({
        keys: String(index + 1),
        label: t(`outcome.${outcome}` as "outcome.done"),
        act: () => {
          acts.onDone(outcome);
        },
      })),
      {
        keys: "d",
        label: t("key.done"),
        act: () => {
          acts.onDone(task.outcomes[0] ?? "");
        },
      },
      {
        keys: "s",
        label: t("key.snooze"),
        act: () => {
          acts.onSnooze(tomorrow());
        },
      },
      { keys: "k", label: t("key.skip"), act: acts.onSkip },
    ],
    { enabled: may },
  );
  if (!may) return null;
  return (
    <Panel title={t("player.title")}>
      <Stack gap="sm" pb="sm">
        <Group gap="sm">
          {task.outcomes.map((outcome, index) => (
            <Button
              key={outcome}
              variant={index === 0 ? "filled" : "default"}
              rightSection={<Kbd size="xs">{index + 1}</Kbd>}
              onClick={() => {
                acts.onDone(outcome);
              }}
            >
              {t(`outcome.${outcome}` as "outcome.done", { defaultValue: outcome })}
            </Button>
          ))}
        </Group>
        <Later {...acts} />
      </Stack>
    </Panel>
  );
}

interface LaterProps {
  readonly onSnooze: (until: string) => void;
  readonly onSkip: () => void;
  readonly onTake: () => void;
  readonly isMine: boolean;
}

function Later({ onSnooze, onSkip, onTake, isMine }: LaterProps) {
  const { t } = useTranslation("tasks");
  const quiet = { size: "xs", variant: "default" } as const;
  return (
    <Group gap="sm">
      <Text span c="dimmed">
        {t("act.snooze")}
      </Text>
      <Button
        {...quiet}
        onClick={() => {
          onSnooze(new Date(Date.now() + HOUR).toISOString());
        }}
      >
        {t("act.hour")}
      </Button>
      <Button
        {...quiet}
        rightSection={<Kbd size="xs">s</Kbd>}
        onClick={() => {
          onSnooze(tomorrow());
        }}
      >
        {t("act.tomorrow")}
      </Button>
      <Button
        {...quiet}
        onClick={() => {
          onSnooze(tomorrow(7));
        }}
      >
        {t("act.week")}
      </Button>
      <Button {...quiet} onClick={onTake}>
        {t(isMine ? "act.release" : "act.reassign")}
      </Button>
      <Button {...quiet} variant="subtle" rightSection={<Kbd size="xs">k</Kbd>} onClick={onSkip}>
        {t("act.skip")}
      </Button>
    </Group>
  );
}

function useActs(task: TaskDetail, onSettled: () => void) {
  const { t } = useTranslation("tasks");
  const me = useSession().data?.member_id;
  const complete = useCompleteTask(({ outcome = "" }) =>
    t("said.done", { outcome: t(`outcome.${outcome}` as "outcome.done", { defaultValue: outcome }) }),
  );
  const skip = useSkipTask(() => t("said.skipped"));
  const snooze = useSnoozeTask(() => t("said.snoozed"));
  const reassign = useReassignTask(() => t("said.reassigned"));
  const isMine = task.assignee?.id === me;
  return {
    isMine,
    onDone: (outcome: string) => {
      complete.mutate({ id: task.id, outcome });
      onSettled();
    },
    onSkip: () => {
      skip.mutate({ id: task.id });
      onSettled();
    },
    onSnooze: (until: string) => {
      snooze.mutate({ id: task.id, until, from: task.due_at });
      onSettled();
    },
    onTake: () => {
      reassign.mutate({ id: task.id, to: isMine ? null : (me ?? null), from: task.assignee?.id ?? null });
    },
  };
}
