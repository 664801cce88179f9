import { Group, Text } from "@mantine/core";
import { IconCheckbox, IconPhone } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Task } from "@/api/tasks";
import type { Column } from "@/ui/DataTable";
import { Moment } from "@/ui/Moment";
import { PersonName } from "@/ui/PersonName";
import { useOutcome } from "./useOutcome";

/** What a line tells: what to do, for whom, when; of done ones what came of it. */
export function useColumns(isDone: boolean): readonly Column<Task>[] {
  const { t } = useTranslation("tasks");
  return [
    {
      key: "task",
      title: t("column.task"),
      phone: "title",
      width: "30%",
      cell: (task) => (
        <Group gap={10} wrap="nowrap">
          <TaskIcon kind={task.kind} />
          <Text span inherit fw={500} truncate>
            {task.title}
          </Text>
        </Group>
      ),
    },
    {
      key: "person",
      title: t("column.person"),
      phone: "line",
      width: "24%",
      cell: (task) => (
        <PersonName
          name={task.contact.name}
          company={task.contact.company}
          to={`/contacts/${task.contact.id}`}
        />
      ),
    },
    {
      key: "sequence",
      title: t("column.sequence"),
      cell: (task) => (
        <Text span inherit c="dimmed">
          {task.sequence === "" ? t("byHand") : task.sequence}
        </Text>
      ),
    },
    {
      key: "assignee",
      title: t("column.assignee"),
      width: 140,
      cell: (task) => (
        <Text span inherit {...(task.assignee === null && { c: "var(--db-text-3)" })}>
          {task.assignee?.name ?? t("nobody")}
        </Text>
      ),
    },
    {
      key: "due",
      title: isDone ? t("column.outcome") : t("column.due"),
      phone: "line",
      width: 210,
      cell: (task) => (isDone ? <Outcome task={task} /> : <Due task={task} />),
    },
  ];
}

export function TaskIcon({ kind }: { readonly kind: string }) {
  const Icon = kind === "call" ? IconPhone : IconCheckbox;
  return <Icon size={16} stroke={1.75} color="var(--db-amber)" aria-hidden style={{ flex: "none" }} />;
}

function Due({ task }: { readonly task: Task }) {
  const { t } = useTranslation("tasks");
  return (
    <>
      <Moment at={task.due_at} zone={task.contact.time_zone} />
      {task.overdue && (
        <Text span inherit c="red" fw={500}>
          {` · ${t("overdue")}`}
        </Text>
      )}
      {task.escalated_at !== null && (
        <Text span inherit c="dimmed">
          {` · ${t("escalated.short")}`}
        </Text>
      )}
      {task.tries > 0 && (
        <Text span inherit c="dimmed">
          {` · ${t("tries", { count: task.tries })}`}
        </Text>
      )}
    </>
  );
}

function Outcome({ task }: { readonly task: Task }) {
  const outcomeOf = useOutcome();
  return (
    <>
      {outcomeOf(task.outcome)}
      {task.settled_at !== null && (
        <Text span inherit c="dimmed">
          {" · "}
          <Moment at={task.settled_at} />
        </Text>
      )}
    </>
  );
}
