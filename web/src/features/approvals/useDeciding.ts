// Say yes or no, say what came of it, and take a yes back while that is possible.
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  type Approved,
  type Decided,
  type DecidedMany,
  type Rejected,
  useApprove,
  useApproveMany,
  useReject,
  useTakeBack,
} from "@/api/approvals";
import { ApiError } from "@/api/client";
import { failToast, undoToast } from "@/ui/toasts";
import type { Question } from "./useDesk";

interface Undoable {
  readonly ids: readonly number[];
  readonly until: number;
}

interface DecidingOptions {
  /** A draft waits again: it is to be seen. */
  readonly onBack: (id: number) => void;
  /** It should not go out so: somebody must say that it shall. */
  readonly onAsk: (question: Question) => void;
  /** It is approved: what was typed for it is kept there. */
  readonly onDone: (id: number) => void;
}

/** Say yes or no. What came of each is said, also where the next was decided before it was there. */
export function useDeciding({ onBack, onAsk, onDone }: DecidingOptions) {
  const { t } = useTranslation("approvals");
  const one = useApprove();
  const many = useApproveMany();
  const no = useReject();
  const { undo, remember } = useUndo(onBack);
  const outcome = useOutcome();

  const approve = (meant: Approved, name: string) => {
    void one.mutateAsync(meant).then(
      ({ id, undo_until: end }) => {
        onDone(id);
        undoToast({ text: t("said.approved", { name }), ...remember([id], end), undo });
      },
      (error: unknown) => {
        const problem = error instanceof ApiError ? error.problem : undefined;
        onBack(meant.id);
        if (problem?.code === "draft_concerns") onAsk({ about: "anyway", meant, name, why: problem.detail });
        else failToast(error instanceof Error ? error.message : String(error));
      },
    );
  };
  const approveMany = (meant: Parameters<typeof many.mutate>[0]) => {
    void many.mutateAsync(meant).then((answered) => {
      const done = answered.answers.filter(({ code }) => code === "done");
      const text = outcome("approved", answered);
      if (done.length === 0) failToast(text);
      else undoToast({ text, ...remember(idsOf(done), endOf(done)), undo });
    }, toldByTheFrame);
  };
  const reject = (meant: Rejected) => {
    void no.mutateAsync(meant).then((answered) => {
      undoToast({ text: outcome(meant.then, answered) });
    }, toldByTheFrame);
  };
  return { approve, approveMany, reject, undo, isDeciding: one.isPending };
}

function toldByTheFrame(): void {
  // Failures that are not quiet are said there.
}

/** What was approved last is taken back first. */
function useUndo(onBack: (id: number) => void) {
  const { t } = useTranslation("approvals");
  const back = useTakeBack();
  const stack = useRef<readonly Undoable[]>([]);
  const remember = (ids: readonly number[], end: string | null) => {
    const until = end === null ? Date.now() : Date.parse(end);
    stack.current = [...stack.current, { ids, until }];
    return { until, undoKey: "u" };
  };
  const undo = () => {
    const last = stack.current.at(-1);
    stack.current = stack.current.slice(0, -1);
    if (last === undefined || last.until <= Date.now()) {
      failToast(t("undo.late"));
      return;
    }
    back.mutate(last.ids, {
      onSuccess: ({ answers }) => {
        const [first] = answers.filter(({ code }) => code === "done");
        const [refused] = answers.filter(({ code }) => code !== "done");
        if (first !== undefined) onBack(first.id);
        if (refused === undefined) undoToast({ text: t("undo.done", { count: answers.length }) });
        else failToast(refused.detail);
      },
    });
  };
  return { undo, remember };
}

/** Say how many, and why others were left. */
function useOutcome() {
  const { t } = useTranslation("approvals");
  return (act: "approved" | Rejected["then"], { answers }: DecidedMany) => {
    const refused = answers.filter(({ code }) => code !== "done");
    const count = answers.length - refused.length;
    const done = t(act === "approved" ? "said.approvedMany" : `said.${act}`, { count });
    const [first] = refused;
    return first === undefined ? done : t("said.refused", { done, count: refused.length, why: first.detail });
  };
}

function idsOf(answers: readonly Decided[]): number[] {
  return answers.map(({ id }) => id);
}

/** All of them can be taken back until the first cannot. */
function endOf(answers: readonly Decided[]): string | null {
  return answers.map(({ undo_until: end }) => end).toSorted()[0] ?? null;
}
