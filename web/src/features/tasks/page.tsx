import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useMay } from "@/api/session";
import { type Task, useTasks, type When, type Whose } from "@/api/tasks";
import { TaskDialog } from "@/dialogs/TaskDialog";
import { DataTable, type RowKey } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { Room } from "@/ui/Room";
import { useSelection } from "@/ui/useSelection";
import { useUrlState } from "@/ui/useUrlState";
import { Bulk } from "./Bulk";
import { useColumns } from "./columns";
import { Filters } from "./Filters";
import { Player } from "./Player";
import { useNotes } from "./useNotes";

const DEFAULTS = { when: "today", who: "everyone" };

/** What a person has to do, by a sequence or by hand: a list, and a player that shows one at a time. */
export function Component() {
  const { t } = useTranslation("tasks");
  const navigate = useNavigate();
  const { taskId } = useParams();
  const [view, setView] = useUrlState(DEFAULTS);
  const list = useTasks(view.when as When, whoseOf(view.who));
  const rows = list.rows ?? [];
  const notes = useNotes();
  const open = (id: number | undefined) =>
    void navigate({ pathname: id === undefined ? "/tasks" : `/tasks/${id}`, search: window.location.search });
  if (taskId !== undefined)
    return <Player key={taskId} id={Number(taskId)} rows={rows} notes={notes} onOpen={open} />;
  const [first] = rows;
  return (
    <Room
      title={t("title")}
      actions={
        <Group gap="sm">
          <NewTask />
          {first !== undefined && view.when !== "done" && (
            <Button
              onClick={() => {
                open(first.id);
              }}
            >
              {t("start")}
            </Button>
          )}
        </Group>
      }
    >
      <Filters view={view} whose={whoseOf(view.who)} onView={setView} />
      <List list={list} isDone={view.when === "done"} onOpen={open} />
    </Room>
  );
}

function whoseOf(who: string): Whose {
  return who === "mine" || who === "everyone" ? who : Number(who);
}

function NewTask() {
  const { t } = useTranslation("tasks");
  const may = useMay()("tasks.create");
  const [opened, setOpened] = useState(false);
  const show = () => {
    setOpened(true);
  };
  useKeys(t("title"), [{ keys: "c", label: t("create"), act: show }], { enabled: may });
  if (!may) return null;
  return (
    <>
      <Button variant="default" onClick={show}>
        {t("create")}
      </Button>
      <TaskDialog
        opened={opened}
        onClose={() => {
          setOpened(false);
        }}
      />
    </>
  );
}

interface ListProps {
  readonly list: ReturnType<typeof useTasks>;
  readonly isDone: boolean;
  readonly onOpen: (id: number) => void;
}

function List({ list, isDone, onOpen }: ListProps) {
  const { t } = useTranslation("tasks");
  const selection = useSelection<RowKey>();
  const columns = useColumns(isDone);
  const words = isDone ? "emptyDone" : "empty";
  return (
    <>
      <DataTable<Task>
        label={t("title")}
        {...list}
        rowKey={(task) => task.id}
        rowName={(task) => task.title}
        columns={columns}
        {...(!isDone && { selection })}
        onOpen={(task) => {
          onOpen(task.id);
        }}
        empty={<EmptyRoom title={t(`${words}.title`)} hint={t(`${words}.hint`)} />}
      />
      {!isDone && <Bulk selection={selection} />}
    </>
  );
}
