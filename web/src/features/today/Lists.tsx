import { Button, Text } from "@mantine/core";
import { IconArrowBackUp, IconCheckbox, IconEye, IconPhone, IconSparkles } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Today } from "@/api/today";
import { Moment } from "@/ui/Moment";
import { Panel, PanelRow } from "@/ui/Panel";
import { useWords } from "@/ui/words/useWords";
import classes from "./Today.module.css";

interface ListProps {
  readonly today: Today;
}

interface LineProps {
  readonly icon: ReactNode;
  readonly who: string;
  readonly what: ReactNode;
  readonly when: ReactNode;
  readonly to: string;
  readonly act: string;
}

/** One line for each thing that wants a person, with the one act. */
function Line({ icon, who, what, when, to, act }: LineProps) {
  return (
    <PanelRow>
      {icon}
      <div className={classes.words}>
        <Text truncate>
          <Text span inherit fw={500}>
            {who}
          </Text>{" "}
          <Text span inherit c="dimmed">
            {what}
          </Text>
        </Text>
      </div>
      <Text span fz="xs" c="dimmed" className="tabular" visibleFrom="sm">
        {when}
      </Text>
      <Button component={Link} to={to} size="xs" variant="default" miw={72}>
        {act}
      </Button>
    </PanelRow>
  );
}

const ICON = { size: 16, stroke: 1.75, "aria-hidden": true, style: { flex: "none" } } as const;

export function Replies({ today }: ListProps) {
  const { t } = useTranslation("today");
  const { word } = useWords();
  return (
    <Panel
      title={t("replies.title")}
      count={today.reply_count}
      link={{ to: "/inbox", label: t("replies.link") }}
    >
      {today.replies.map((line) => {
        const weak = line.kind === "weak_reply";
        return (
          <Line
            key={line.contact.id}
            icon={<IconArrowBackUp {...ICON} color="var(--db-green)" />}
            who={line.contact.name}
            what={weak ? word("event", "replied") + "?" : t("replies.quote", { text: line.preview })}
            when={<Moment at={line.last_at} />}
            to={`/inbox/${line.contact.id}`}
            act={t(weak ? "replies.confirm" : "replies.answer")}
          />
        );
      })}
    </Panel>
  );
}

export function Tasks({ today }: ListProps) {
  const { t } = useTranslation("today");
  return (
    <Panel title={t("tasks.title")} count={today.task_count} link={{ to: "/tasks", label: t("tasks.link") }}>
      {today.tasks.map((task) => (
        <Line
          key={task.id}
          icon={
            task.kind === "call" ? (
              <IconPhone {...ICON} color="var(--db-amber)" />
            ) : (
              <IconCheckbox {...ICON} color="var(--db-amber)" />
            )
          }
          who={task.title}
          what={[task.contact.name, task.contact.company].filter(Boolean).join(", ")}
          when={
            <>
              {task.overdue && `${t("tasks.overdue")} · `}
              <Moment at={task.due_at} />
            </>
          }
          to={`/tasks/${task.id}`}
          act={t("tasks.start")}
        />
      ))}
    </Panel>
  );
}

const GATHERED = { approvals: IconSparkles, reviews: IconEye } as const;

interface GatheredProps {
  /** The room where they are decided. */
  readonly room: keyof typeof GATHERED;
  readonly count: number;
}

/** What waits for a yes, said in one line: each is decided in its room. */
export function Gathered({ room, count }: GatheredProps) {
  const { t } = useTranslation("today");
  const Icon = GATHERED[room];
  const to = `/${room}`;
  return (
    <Panel title={t(`${room}.title`)} count={count} link={{ to, label: t(`${room}.link`) }}>
      <Line
        icon={<Icon {...ICON} color="var(--db-violet)" />}
        who=""
        what={t(`${room}.text`, { count })}
        when=""
        to={to}
        act={t(`${room}.act`)}
      />
    </Panel>
  );
}
