import { Button } from "@mantine/core";
import { IconCheck, IconPlayerSkipForward } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { type Task, useSettleTasks, useTaskCounts, useTasks, type When } from "@/api/tasks";
import { useMay } from "@/api/session";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import { Chips } from "@/ui/Chips";
import { DataTable, type RowKey } from "@/ui/DataTable";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { FilterBar } from "@/ui/FilterBar";
import { Room } from "@/ui/Room";
import { type Selection, useSelection } from "@/ui/useSelection";
import { useUrlState } from "@/ui/useUrlState";
import { useColumns } from "./columns";
import { Player } from "./Player";

const DEFAULTS = { when: "today", who: "everyone" };

/** The tasks that sequences gave to a person: a list, and a player that shows one at a time. */
export function Component() {
  const { t } = useTranslation("tasks");
  const navigate = useNavigate();
  const { taskId } = useParams();
  const [view, setView] = useUrlState(DEFAULTS);
  const list = useTasks(view.when as When, view.who === "mine");
  const rows = list.rows ?? [];
  const open = (id: number | undefined) =>
    void navigate({ pathname: id === undefined ? "/tasks" : `/tasks/${id}`, search: window.location.search });
  if (taskId !== undefined) return <Player key={taskId} id={Number(taskId)} rows={rows} onOpen={open} />;
  const [first] = rows;
  return (
    <Room
      title={t("title")}
      actions={
        first !== undefined &&
        view.when !== "done" && (
          <Button
            onClick={() => {
              open(first.id);
            }}
          >
            {t("start")}
          </Button>
        )
      }
    >
      <Filters view={view} onView={setView} />
      <List list={list} isDone={view.when === "done"} onOpen={open} />
    </Room>
  );
}

interface FiltersProps {
  readonly view: { readonly when: string; readonly who: string };
  readonly onView: (changed: { when?: string; who?: string }) => void;
}

function Filters({ view, onView }: FiltersProps) {
  const { t } = useTranslation("tasks");
  const { data: counts } = useTaskCounts(view.who === "mine");
  return (
    <FilterBar
      right={
        <Chips
          label={t("who.label")}
          value={view.who}
          onChange={(who) => {
            onView({ who });
          }}
          chips={[
            { value: "everyone", label: t("who.everyone") },
            { value: "mine", label: t("who.mine") },
          ]}
        />
      }
    >
      <Chips
        label={t("when.label")}
        value={view.when}
        onChange={(when) => {
          onView({ when });
        }}
        chips={[
          { value: "today", label: t("when.today"), count: counts?.today },
          { value: "overdue", label: t("when.overdue"), count: counts?.overdue },
          { value: "upcoming", label: t("when.upcoming"), count: counts?.upcoming },
          { value: "done", label: t("when.done") },
        ]}
      />
    </FilterBar>
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

function Bulk({ selection }: { readonly selection: Selection<RowKey> }) {
  const { t } = useTranslation("tasks");
  const may = useMay()("tasks.edit");
  const said = (ids: readonly number[]) => t("said.many", { count: ids.length });
  const done = useSettleTasks("complete", said);
  const skip = useSettleTasks("skip", said);
  const ids = [...selection.selected].map(Number);
  const after = { onSuccess: selection.clear };
  if (!may) return null;
  return (
    <BulkBar count={ids.length} onClear={selection.clear}>
      <BulkAct
        icon={IconCheck}
        label={t("act.doneMany", { count: ids.length })}
        onClick={() => {
          done.mutate(ids, after);
        }}
      />
      <BulkAct
        icon={IconPlayerSkipForward}
        label={t("act.skipMany", { count: ids.length })}
        onClick={() => {
          skip.mutate(ids, after);
        }}
      />
    </BulkBar>
  );
}
