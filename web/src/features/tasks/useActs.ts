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
  const complete = useCompleteTask(({ outcome }) => t("said.done", { outcome: outcomeOf(outcome) }));
  const again = useTryAgain(({ outcome }) => t("said.again", { outcome: outcomeOf(outcome) }));
  const skip = useSkipTask(() => t("said.skipped"));
  const snooze = useSnoozeTask(() => t("said.snoozed"));
  const reassign = useReassignTask(() => t("said.reassigned"));
  const { id } = task;
  const said = { id, note };
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
      reassign.mutate({ id, to, from: task.assignee?.id ?? null });
    },
  };
}

function toldByTheFrame(): void {
  // The next task is shown by now, and so is the toast that says why.
}
