// The list of who waits, who is open, who is chosen, and what a yes or no does to all of that.
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useJob } from "@/api/enrollments";
import {
  type Decision,
  type Meant,
  type Review,
  useDecide,
  useReviewCounts,
  useReviews,
} from "@/api/reviews";
import { useMay } from "@/api/session";
import { useFirst } from "@/ui/useFirst";
import { useSelection } from "@/ui/useSelection";
import { useSaid } from "./useSaid";
import { filterOf, nextOf, type View } from "./view";

export interface Question {
  readonly decision: Decision;
  readonly meant: Meant;
  /** Left out: the server alone knows how many fit. */
  readonly count: number | undefined;
  /** Whom, where it is one. */
  readonly name: string;
}

interface DeskOptions {
  readonly sequenceId: number | undefined;
  readonly view: View;
  readonly onView: (changed: Partial<View>) => void;
}

export type Desk = ReturnType<typeof useDesk>;

/** Beside the list, somebody is always open; on a phone only who was touched. */
const WIDE = "(min-width: 64em)";

export function useDesk({ sequenceId, view, onView }: DeskOptions) {
  const filter = filterOf(sequenceId, view);
  const list = useReviews(filter);
  const rows = list.rows ?? [];
  const selection = useSelection<number>();
  const [question, ask] = useState<Question>();
  const mayDecide = useMay()("reviews.edit");
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const { open, touched, isGone, letGo } = useOpen({ view, filter, list, isWide });
  const show = (id: number | undefined) => {
    letGo();
    onView({ open: id === undefined ? "" : String(id) });
  };
  const { act, job } = useActing((gone) => {
    selection.set([...gone], false);
    if (open === undefined || !gone.has(open.id)) return;
    show(isWide ? nextOf(idsOf(rows), open.id, gone) : undefined);
  });

  /** One yes is said at once; a no, and many at once, are asked back: both are final. */
  const decide = (decision: Decision, those: readonly Review[]) => {
    const [first] = those;
    if (first === undefined || !mayDecide) return;
    const meant = { ids: idsOf(those) };
    if (decision === "approve" && those.length === 1) act(decision, meant);
    else ask({ decision, meant, count: those.length, name: first.contact.name });
  };
  const chosen = rows.filter(({ id }) => selection.selected.has(id));
  const total = useTotal(sequenceId, view, list.hasMore ? undefined : rows.length);
  return {
    filter,
    list,
    rows,
    selection,
    chosen,
    total,
    open,
    touched,
    isGone,
    isWide,
    show,
    mayDecide,
    decide,
    act,
    question,
    ask,
    job,
  };
}

interface OpenOptions {
  readonly view: View;
  readonly filter: ReturnType<typeof filterOf>;
  readonly list: ReturnType<typeof useReviews>;
  readonly isWide: boolean;
}

/** Who is open: who was touched, else who came first. `isGone`: they wait no more, as somebody else decided. */
function useOpen({ view, filter, list: { rows = [], loading }, isWide }: OpenOptions) {
  const { first, letGo } = useFirst({ filter: JSON.stringify(filter), now: idsOf(rows)[0], loading });
  const touchedId = view.open === "" ? undefined : Number(view.open);
  const byId = (id: number | undefined) => rows.find((row) => row.id === id);
  const touched = byId(touchedId);
  const open = isWide ? byId(touchedId ?? first) : touched;
  return { open, touched, isGone: isWide && rows.length > 0 && open === undefined, letGo };
}

function idsOf(rows: readonly Review[]): number[] {
  return rows.map(({ id }) => id);
}

/** Say yes or no, and follow the work where it goes on in the background. */
function useActing(onGone: (ids: ReadonlySet<number>) => void) {
  const said = useSaid();
  const [jobId, setJobId] = useState<number | null>(null);
  const { data: job } = useJob(jobId);
  const { mutate } = useDecide({ said });
  const act = (decision: Decision, meant: Meant) => {
    mutate(
      { decision, meant },
      {
        onSuccess: ({ job_id: id }) => {
          if (id !== null) setJobId(id);
        },
      },
    );
    onGone(new Set("ids" in meant ? meant.ids : []));
  };
  return { act, job };
}

/** How many fit: the counts know it for a whole sequence, the list once it was read to its end. */
function useTotal(
  sequenceId: number | undefined,
  { q }: View,
  shown: number | undefined,
): number | undefined {
  const { data: counts } = useReviewCounts();
  if (shown !== undefined || q !== "") return shown;
  if (sequenceId === undefined) return counts?.people;
  return counts?.sequences.find((one) => one.sequence_id === sequenceId)?.people;
}
