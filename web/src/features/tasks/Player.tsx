import { Anchor, Button, Group, Kbd, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import {
  type Task,
  type TaskDetail,
  useCompleteTask,
  useReassignTask,
  useSkipTask,
  useSnoozeTask,
  useTask,
} from "@/api/tasks";
import { useMay, useSession } from "@/api/session";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Moment } from "@/ui/Moment";
import { Panel } from "@/ui/Panel";
import { Room } from "@/ui/Room";
import { TaskIcon } from "./columns";
import { Context } from "./Context";
import classes from "./Player.module.css";

interface PlayerProps {
  readonly id: number;
  /** The list it walks through. */
  readonly rows: readonly Task[];
  readonly onOpen: (id: number | undefined) => void;
}

/** One task at a time, with what one must know; a number key says how it went. */
export function Player({ id, rows, onOpen }: PlayerProps) {
  const { t } = useTranslation("tasks");
  const { data: task, error } = useTask(id);
  const here = rows.findIndex((row) => row.id === id);
  const next = rows[here + 1] ?? rows.find((row) => row.id !== id);
  useKeys(t("title"), [
    {
      keys: "j",
      label: t("key.next"),
      act: () => {
        onOpen(next?.id);
      },
    },
    {
      keys: "Escape",
      label: t("key.leave"),
      act: () => {
        onOpen(undefined);
      },
    },
  ]);
  if (task === undefined) {
    return (
      <Room title={t("title")}>
        {error === null ? (
          <Skeleton height={320} m="xl" />
        ) : (
          <EmptyRoom picture={null} title={t("missing.title")} hint={t("missing.hint")} />
        )}
      </Room>
    );
  }
  const after = Math.max(0, rows.length - here - 1);
  return (
    <Room
      title={task.title}
      within={{ to: "/tasks", title: t("title") }}
      beside={<TaskIcon kind={task.kind} />}
      meta={after > 0 && t("player.of", { count: after })}
      padded
    >
      <div className={classes.columns}>
        <Do
          task={task}
          onSettled={() => {
            onOpen(next?.id);
          }}
        />
        <Context task={task} />
      </div>
    </Room>
  );
}

interface DoProps {
  readonly task: TaskDetail;
  readonly onSettled: () => void;
}

function Do({ task, onSettled }: DoProps) {
  const { t } = useTranslation("tasks");
  const { contact } = task;
  return (
    <Stack gap="lg">
      <Panel
        title={contact.name}
        right={
          <Anchor component={Link} to={`/contacts/${contact.id}`} inherit fz="sm" fw={500}>
            {t("act.contact")}
          </Anchor>
        }
      >
        <Stack gap={6} pb="sm">
          <Text c="dimmed">{[task.contact_title, contact.company].filter(Boolean).join(", ")}</Text>
          <Reach task={task} />
          {task.text !== "" && <Text className={classes.text}>{task.text}</Text>}
          <Text c="dimmed" fz="xs">
            {t("column.due")} <Moment at={task.due_at} zone={contact.time_zone} />
            {task.overdue && ` · ${t("overdue")}`} · {task.assignee?.name ?? t("nobody")}
          </Text>
        </Stack>
      </Panel>
      {task.settled_at === null ? (
        <Outcomes task={task} onSettled={onSettled} />
      ) : (
        <Text c="dimmed">{t("player.settled")}</Text>
      )}
    </Stack>
  );
}

function Reach({ task }: { readonly task: TaskDetail }) {
  const phone = task.contact_phone;
  return (
    <Group gap="md">
      {phone !== "" && (
        <Anchor href={`tel:${phone}`} className="tabular" fw={500}>
          {phone}
        </Anchor>
      )}
      {task.contact.email !== "" && (
        <Anchor component={Link} to={`/inbox/${task.contact.id}`}>
          {task.contact.email}
        </Anchor>
      )}
    </Group>
  );
}

const HOUR = 3_600_000;
const MORNING = 9;

/** Tomorrow at nine, on the reader's clock. */
function tomorrow(days = 1): string {
  const at = new Date();
  at.setDate(at.getDate() + days);
  at.setHours(MORNING, 0, 0, 0);
  return at.toISOString();
}

function Outcomes({ task, onSettled }: DoProps) {
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
