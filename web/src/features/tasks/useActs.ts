import { useTranslation } from "react-i18next";
import {
  type TaskDetail,
  useCompleteTask,
  useReassignTask,
  useSkipTask,
  useSnoozeTask,
  useTryAgain,
} from "@/api/tasks";
import { useOutcome } from "./useOutcome";

export interface Acts {
  readonly onDone: (outcome: string) => void;
  readonly onAgain: (outcome: string, until: string) => void;
  readonly onSkip: () => void;
  readonly onSnooze: (until: string) => void;
  readonly onHand: (to: number | null) => void;
}

interface ActsOptions {
  /** Said as soon as a person has decided. */
  readonly onSettled: () => void;
  /** The server has the note: it need not be kept here. */
  readonly onTaken: () => void;
}

/** What can be done with a task; all but handing it on goes to the next one. */
export function useActs(task: TaskDetail, note: string, { onSettled, onTaken }: ActsOptions): Acts {
  const { t } = useTranslation("tasks");
  const outcomeOf = useOutcome();
  const complete = useCompleteTask(({ title, outcome }) =>
    t("said.done", { title, outcome: outcomeOf(outcome) }),
  );
  const again = useTryAgain(({ title, outcome }) => t("said.again", { title, outcome: outcomeOf(outcome) }));
  const skip = useSkipTask(({ title }) => t("said.skipped", { title }));
  const snooze = useSnoozeTask(({ title }) => t("said.snoozed", { title }));
  const reassign = useReassignTask(({ title }) => t("said.reassigned", { title }));
  const { id, title } = task;
  const said = { id, title, note };
  return {
    onDone: (outcome) => {
      void complete.mutateAsync({ ...said, outcome }).then(onTaken, toldByTheFrame);
      onSettled();
    },
    onAgain: (outcome, until) => {
      void again.mutateAsync({ ...said, outcome, until, from: task.due_at }).then(onTaken, toldByTheFrame);
      onSettled();
    },
    onSkip: () => {
      void skip.mutateAsync(said).then(onTaken, toldByTheFrame);
      onSettled();
    },
    onSnooze: (until) => {
      void snooze.mutateAsync({ ...said, until, from: task.due_at }).then(onTaken, toldByTheFrame);
      onSettled();
    },
    onHand: (to) => {
      reassign.mutate({ id, title, to, from: task.assignee?.id ?? null });
    },
  };
}

function toldByTheFrame(): void {
  // The next task is shown by now, and so is the toast that says why.
}
