import { Anchor, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type Task, type TaskDetail, useTask } from "@/api/tasks";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Panel } from "@/ui/Panel";
import { Room } from "@/ui/Room";
import { TaskIcon } from "./columns";
import { Context } from "./Context";
import { Outcomes } from "./Outcomes";
import { Settled, Standing } from "./Standing";
import classes from "./Player.module.css";
import type { Notes } from "./useNotes";

interface PlayerProps {
  readonly id: number;
  /** The list it walks through. */
  readonly rows: readonly Task[];
  readonly notes: Notes;
  readonly onOpen: (id: number | undefined) => void;
}

/** One task at a time, with what one must know; a number key says how it went. */
export function Player({ id, rows, notes, onOpen }: PlayerProps) {
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
          notes={notes}
          hasNext={next !== undefined}
          onNext={() => {
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
  readonly notes: Notes;
  readonly hasNext: boolean;
  readonly onNext: () => void;
}

function Do({ task, notes, hasNext, onNext }: DoProps) {
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
          <Standing task={task} />
        </Stack>
      </Panel>
      {task.settled_at === null ? (
        <Outcomes task={task} notes={notes} onSettled={onNext} />
      ) : (
        <Settled task={task} {...(hasNext && { onNext })} />
      )}
    </Stack>
  );
}

function Reach({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation("tasks");
  const phone = task.contact_phone;
  return (
    <Group gap="md">
      {phone === "" && task.kind === "call" && <Text c="red">{t("noNumber")}</Text>}
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
