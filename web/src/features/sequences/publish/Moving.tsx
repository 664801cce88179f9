import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useJob } from "@/api/enrollments";
import { useCancelMove } from "@/api/sequenceCare";
import { problemText } from "../problemText";
import classes from "./Publish.module.css";

/** What became of the people of a move; others are counted as those who stay. */
const ANSWERS = ["moved", "waits", "step_vanished", "step_behind", "finished"] as const;

interface MovingProps {
  readonly job: number;
  readonly total: number;
  readonly onClose: () => void;
}

/** How far a move is, and in the end what became of whom; what is left of it can be called off. */
export function Moving({ job: id, total, onClose }: MovingProps) {
  const { data: job, error } = useJob(id);
  const { t } = useTranslation("sequences");
  const cancel = useCancelMove();
  const over = job && stateOf(job);
  // The button that began it is gone; the focus stays in the dialog.
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    closing.current?.focus();
  }, []);
  return (
    <>
      <Stack gap="sm" px={24} pb="md">
        <Far done={job?.done} total={total} over={over} />
        {job && <Result result={job.result} />}
        <Fault error={error ?? cancel.error} fault={job?.fault} />
      </Stack>
      <footer className={classes.foot}>
        <Group gap="sm" ml="auto" wrap="nowrap">
          {over === undefined && (
            <Button
              variant="subtle"
              color="gray"
              loading={cancel.isPending}
              onClick={() => {
                cancel.mutate(id);
              }}
            >
              {t("move.cancel")}
            </Button>
          )}
          <Button ref={closing} onClick={onClose}>
            {t(over === undefined ? "move.background" : "close")}
          </Button>
        </Group>
      </footer>
    </>
  );
}

function Fault({ error, fault }: { readonly error: Error | null; readonly fault: string | undefined }) {
  const { t } = useTranslation("sequences");
  return (
    <Text fz="xs" c="red" role="alert">
      {problemText(t, error) ?? fault}
    </Text>
  );
}

interface FarProps {
  readonly done: number | undefined;
  readonly total: number;
  readonly over: "done" | "failed" | "cancelled" | undefined;
}

function Far({ done = 0, total, over }: FarProps) {
  const { t } = useTranslation("sequences");
  const words = t("move.progress", { done, count: total });
  return (
    <>
      <Progress value={over === "done" ? 100 : (100 * done) / Math.max(1, total)} aria-label={words} />
      <Text role="status" className="tabular">
        {over === undefined ? words : t(`move.over.${over}`)}
      </Text>
    </>
  );
}

/** Return how a move ended; undefined while it goes on. */
function stateOf({ state, finished_at: at }: NonNullable<ReturnType<typeof useJob>["data"]>) {
  if (at === null) return undefined;
  return state === "failed" || state === "cancelled" ? state : "done";
}

function Result({ result }: { readonly result: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation("sequences");
  const counts = ANSWERS.flatMap((answer) => {
    const count = Number(result[answer] ?? 0);
    return count > 0 ? [{ answer, count }] : [];
  });
  return (
    <ul className={classes.lines}>
      {counts.map(({ answer, count }) => (
        <li key={answer}>{t(`move.result.${answer}`, { count })}</li>
      ))}
    </ul>
  );
}
