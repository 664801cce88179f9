import {
  IconCheck,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconSend,
  IconSquare,
} from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Enrollment,
  type EnrollmentFilter,
  type Moved,
  type Resolution,
  type Selected,
  useMoveEnrollments,
  useResolveEnrollments,
  useStopReach,
  type Verb,
} from "@/api/enrollments";
import { useMay } from "@/api/session";
import { BulkAct, BulkBar } from "@/ui/BulkBar";
import type { RowKey } from "@/ui/DataTable";
import type { Selection } from "@/ui/useSelection";
import { StopDialog } from "./StopDialog";
import { useSaid } from "./useSaid";

interface BulkProps {
  readonly selection: Selection<RowKey>;
  readonly rows: readonly Enrollment[];
  readonly filter: EnrollmentFilter;
  /** There are more than those at hand: all that fit can be meant. */
  readonly hasMore: boolean;
  readonly onJob: (id: number | null) => void;
}

/** What can be done with those chosen, or with all that fit. */
export function Bulk({ selection, rows, filter, hasMore, onJob }: BulkProps) {
  const { t } = useTranslation("enrollments");
  const may = useMay()("enrollments.edit");
  const [stops, setStops] = useState(false);
  const { chosen, canBeAll, everything, toggle, selected } = useMeant({ selection, rows, filter, hasMore });
  const reach = useStopReach(everything ? selected : undefined);
  const acts = useActs({ selected, onJob, onDone: selection.clear });
  const { count, left } = sizeOf(chosen, everything ? reach.data : undefined);
  if (!may) return null;
  return (
    <>
      <BulkBar count={count} onClear={selection.clear}>
        {canBeAll && (
          <BulkAct label={everything ? t("bulk.allChosen", { count }) : t("bulk.all")} onClick={toggle} />
        )}
        <MoveActs chosen={chosen} everything={everything} {...acts} />
        <BulkAct
          icon={IconSquare}
          tone="red"
          label={t("bulk.stop", { count, left: t("bulk.left", { count: left }) })}
          onClick={() => {
            setStops(true);
          }}
        />
      </BulkBar>
      {stops && (
        <StopDialog
          selected={selected}
          onClose={() => {
            setStops(false);
          }}
          onDone={(moved) => {
            onJob(moved.job_id);
            selection.clear();
          }}
        />
      )}
    </>
  );
}

/** Who is meant: those chosen by hand, or all that fit once every row at hand is chosen. */
function useMeant({ selection, rows, filter, hasMore }: Omit<BulkProps, "onJob">) {
  const [isAll, setAll] = useState(false);
  const chosen = rows.filter((row) => selection.selected.has(row.id));
  const canBeAll = hasMore && chosen.length === rows.length;
  const everything = isAll && canBeAll;
  const selected: Selected = everything
    ? { all: filter as NonNullable<Selected["all"]> }
    : { ids: chosen.map((row) => row.id) };
  const toggle = () => {
    setAll(!isAll);
  };
  return { chosen, canBeAll, everything, toggle, selected };
}

/** How many are meant, and how many steps lie ahead of them. */
function sizeOf(
  chosen: readonly Enrollment[],
  reach?: { readonly enrollments: number; readonly steps_ahead: number },
) {
  if (reach !== undefined) return { count: reach.enrollments, left: reach.steps_ahead };
  return { count: chosen.length, left: chosen.reduce((sum, row) => sum + row.ahead, 0) };
}

interface ActsProps {
  readonly selected: Selected;
  readonly onJob: (id: number | null) => void;
  readonly onDone: () => void;
}

function useActs({ selected, onJob, onDone }: ActsProps) {
  const said = useSaid();
  const move = useMoveEnrollments({ said: ({ verb }, data) => said(verb, data) });
  const resolve = useResolveEnrollments({ said: (_, data) => said("resolve", data) });
  const after = {
    onSuccess: (moved: Moved) => {
      onJob(moved.job_id);
      onDone();
    },
  };
  return {
    onMove: (verb: Verb) => {
      move.mutate({ verb, selected }, after);
    },
    onResolve: (resolution: Resolution) => {
      resolve.mutate({ ids: [...(selected.ids ?? [])], resolution }, after);
    },
  };
}

interface MoveActsProps {
  readonly chosen: readonly Enrollment[];
  readonly everything: boolean;
  readonly onMove: (verb: Verb) => void;
  readonly onResolve: (resolution: Resolution) => void;
}

function MoveActs({ chosen, everything, onMove, onResolve }: MoveActsProps) {
  const { t } = useTranslation("enrollments");
  const inDoubt = !everything && chosen.length > 0 && chosen.every((row) => row.reason === "interrupted");
  if (inDoubt) {
    return (
      <>
        <BulkAct
          icon={IconCheck}
          label={t("bulk.resolve")}
          onClick={() => {
            onResolve("arrived");
          }}
        />
        <BulkAct
          icon={IconSend}
          label={t("bulk.again")}
          onClick={() => {
            onResolve("send_again");
          }}
        />
        <BulkAct
          icon={IconPlayerSkipForward}
          label={t("bulk.skip")}
          onClick={() => {
            onResolve("skip");
          }}
        />
      </>
    );
  }
  return (
    <>
      <BulkAct
        icon={IconPlayerPause}
        label={t("bulk.pause")}
        onClick={() => {
          onMove("pause");
        }}
      />
      <BulkAct
        icon={IconPlayerPlay}
        label={t("bulk.resume")}
        onClick={() => {
          onMove("resume");
        }}
      />
    </>
  );
}
