import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { TaskDetail } from "@/api/tasks";
import { BeatStrip } from "@/ui/BeatStrip";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";
import { useWords } from "@/ui/words/useWords";
import { TaskIcon } from "./columns";
import classes from "./Player.module.css";

/** What one must know: where the sequence stands, what was said, what else is to do. */
export function Context({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation("tasks");
  return (
    <Stack gap="lg">
      {task.strip.length > 0 && <Way task={task} />}
      <Panel title={t("player.context")}>
        {task.said.length === 0 && <Text c="dimmed">{t("player.nothing")}</Text>}
        {task.said.map((said) => (
          <div key={said.id} className={classes.said} data-theirs={said.direction === "in" || undefined}>
            <Group justify="space-between" wrap="nowrap">
              <Text fw={500} truncate>
                {said.direction === "in" ? t("player.theirs", { name: task.contact.name }) : t("player.ours")}
                {said.subject !== "" && (
                  <Text span inherit fw={400} c="dimmed">
                    {` · ${said.subject}`}
                  </Text>
                )}
              </Text>
              <Text fz="xs" c="dimmed" flex="none">
                <Moment at={said.at} />
              </Text>
            </Group>
            <Text lineClamp={5} className={classes.text}>
              {said.text}
            </Text>
          </div>
        ))}
      </Panel>
      {task.others.length > 0 && (
        <Panel title={t("player.others")} count={task.others.length}>
          {task.others.map((other) => (
            <PanelRow key={other.id}>
              <TaskIcon kind={other.kind} />
              <Anchor
                component={Link}
                to={`/tasks/${other.id}`}
                inherit
                fz="sm"
                flex={1}
                truncate
                c="var(--db-text)"
              >
                {other.title}
              </Anchor>
              <Text fz="xs" c="dimmed">
                <Moment at={other.due_at} />
              </Text>
            </PanelRow>
          ))}
        </Panel>
      )}
    </Stack>
  );
}

function Way({ task }: { readonly task: TaskDetail }) {
  const { t } = useTranslation("tasks");
  const { word } = useWords();
  return (
    <Panel
      title={task.sequence}
      {...(task.enrollment_id !== null && {
        link: { to: `/enrollments/${task.enrollment_id}`, label: t("player.way") },
      })}
    >
      <BeatStrip
        numbered
        label={task.strip.map((mark) => word("kind", mark.kind)).join(", ")}
        marks={task.strip.map((mark) => ({
          day: mark.day,
          kind: mark.kind,
          jobType: mark.job_type,
          state: mark.mark === "left_out" ? "ahead" : mark.mark,
        }))}
      />
    </Panel>
  );
}
