import { IconCheck, IconClock, IconPlayerSkipForward, IconUserShare } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Many, type ManyAct, type ManyAnswers, useManyTasks } from "@/api/manyTasks";
import { useMay } from "@/api/session";
import { useColleagues } from "@/api/tasks";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import { ConfirmDialog } from "@/ui/ConfirmDialog";
import type { RowKey } from "@/ui/DataTable";
import { PickOne } from "@/ui/picks";
import type { Selection } from "@/ui/useSelection";
import { snoozes } from "./later";

interface BulkProps {
  readonly selection: Selection<RowKey>;
}

/** What can be done with the selected tasks: done, skipped, put off, handed on while somebody is away. */
export function Bulk({ selection }: BulkProps) {
  const { t } = useTranslation("tasks");
  const may = useMay()("tasks.edit");
  const [asking, setAsking] = useState<"snooze" | "reassign">();
  const ids = [...selection.selected].map(Number);
  const count = ids.length;
  const act = useAct(ids, selection);
  const close = () => {
    setAsking(undefined);
  };
  if (!may) return null;
  return (
    <BulkBar count={count} onClear={selection.clear}>
      <BulkAct
        icon={IconCheck}
        label={t("act.doneMany", { count })}
        onClick={() => {
          act({ verb: "complete" });
        }}
      />
      <BulkAct
        icon={IconPlayerSkipForward}
        label={t("act.skipMany", { count })}
        onClick={() => {
          act({ verb: "skip" });
        }}
      />
      <BulkAct
        icon={IconClock}
        label={t("act.snoozeMany", { count })}
        onClick={() => {
          setAsking("snooze");
        }}
      />
      <BulkAct
        icon={IconUserShare}
        label={t("act.handMany", { count })}
        onClick={() => {
          setAsking("reassign");
        }}
      />
      {asking === "snooze" && <SnoozeMany count={count} onAct={act} onClose={close} />}
      {asking === "reassign" && <HandMany count={count} onAct={act} onClose={close} />}
    </BulkBar>
  );
}

/** What was asked about is chosen no more, so that others can be while the answer is awaited; unless it failed. */
function useAct(ids: readonly number[], { set }: Selection<RowKey>): (act: ManyAct) => void {
  const { t } = useTranslation("tasks");
  const said = ({ ids: asked }: Many, { counts }: ManyAnswers) => {
    const done = counts.done ?? 0;
    const left = asked.length - done;
    const some = t("said.many", { count: done });
    return left > 0 ? `${some}, ${t("said.left", { count: left })}` : some;
  };
  const settling = useManyTasks("complete", said);
  const changing = useManyTasks("snooze", said);
  return (act) => {
    const many = act.verb === "complete" || act.verb === "skip" ? settling : changing;
    set(ids, false);
    void many.mutateAsync({ ids, act }).catch(() => {
      set(ids, true);
    });
  };
}

interface AskProps {
  readonly count: number;
  readonly onAct: (act: ManyAct) => void;
  readonly onClose: () => void;
}

function SnoozeMany({ count, onAct, onClose }: AskProps) {
  const { t } = useTranslation("tasks");
  const [moments] = useState(() => snoozes(new Date()));
  const [chosen, setChosen] = useState("tomorrow");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("ask.snooze")}
      confirm={t("act.snoozeMany", { count })}
      onConfirm={() => {
        const at = moments.find(({ name }) => name === chosen)?.at;
        if (at) onAct({ verb: "snooze", until: at.toISOString() });
        onClose();
      }}
    >
      <PickOne
        label={t("ask.snooze")}
        value={chosen}
        onChange={setChosen}
        options={moments.map(({ name }) => ({ value: name, label: t(`later.${name}`) }))}
      />
    </ConfirmDialog>
  );
}

function HandMany({ count, onAct, onClose }: AskProps) {
  const { t } = useTranslation("tasks");
  const colleagues = useColleagues();
  const [picked, setChosen] = useState<string>();
  const chosen = picked ?? String(colleagues[0]?.id ?? "");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("ask.hand")}
      confirm={t("act.handMany", { count })}
      onConfirm={() => {
        onAct({ verb: "reassign", member_id: chosen === "" ? null : Number(chosen) });
        onClose();
      }}
    >
      <PickOne
        label={t("ask.hand")}
        value={chosen}
        onChange={setChosen}
        options={[
          ...colleagues.map(({ id, name }) => ({ value: String(id), label: name })),
          { value: "", label: t("nobody") },
        ]}
      />
    </ConfirmDialog>
  );
}
