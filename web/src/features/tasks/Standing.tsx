import { Button, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "@/api/session";
import { type TaskDetail, useTakeBack } from "@/api/tasks";
import { Moment } from "@/ui/Moment";
import { Panel } from "@/ui/Panel";
import classes from "./Player.module.css";
import { useOutcome } from "./useOutcome";

/** When it is due, who has it, and how it came to them. */
export function Standing({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation("tasks");
  const outcomeOf = useOutcome();
  const { created_by: writer, escalated_at: escalatedAt, escalated_from: before } = task;
  return (
    <Stack gap={2}>
      <Text c="dimmed" fz="xs">
        {t("column.due")} <Moment at={task.due_at} zone={task.contact.time_zone} />
        {task.overdue && (
          <Text span inherit c="red" fw={500}>
            {` · ${t("overdue")}`}
          </Text>
        )}
        {` · ${task.assignee?.name ?? t("nobody")}`}
      </Text>
      {task.tries > 0 && (
        <Text c="dimmed" fz="xs">
          {t("tried", { count: task.tries, outcome: outcomeOf(task.outcome) })}
        </Text>
      )}
      {escalatedAt !== null && (
        <Text fz="xs" c="var(--db-amber-text, inherit)" fw={500}>
          {before === null ? t("escalated.nobody") : t("escalated.from", { name: before.name })}{" "}
          <Moment at={escalatedAt} />
        </Text>
      )}
      {writer !== null && (
        <Text c="dimmed" fz="xs">
          {t("writtenBy", { name: writer.name })}
        </Text>
      )}
    </Stack>
  );
}

interface SettledProps {
  readonly task: TaskDetail;
  readonly onNext?: () => void;
}

/** What became of it; where nothing followed that stays, it can be opened again. */
export function Settled({ task, onNext }: SettledProps) {
  const { t } = useTranslation("tasks");
  const outcomeOf = useOutcome();
  const may = useMay()("tasks.edit");
  const takeBack = useTakeBack(({ title }) => t("said.opened", { title }));
  return (
    <Panel title={t("player.settled")}>
      <Stack gap="sm" pb="sm">
        <Text>
          {outcomeOf(task.outcome)}
          <Text span inherit c="dimmed">
            {task.settled_by !== null && ` · ${task.settled_by.name}`}
            {task.settled_at !== null && (
              <>
                {" · "}
                <Moment at={task.settled_at} />
              </>
            )}
          </Text>
        </Text>
        {task.note !== "" && <Text className={classes.text}>{task.note}</Text>}
        <Group gap="sm">
          {onNext && <Button onClick={onNext}>{t("key.next")}</Button>}
          {may && task.can_take_back && (
            <Button
              variant="default"
              loading={takeBack.isPending}
              onClick={() => {
                takeBack.mutate({ id: task.id, title: task.title });
              }}
            >
              {t("act.open")}
            </Button>
          )}
        </Group>
        {!task.can_take_back && (
          <Text c="dimmed" fz="xs">
            {t("player.stays")}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
