// The list of drafts, the one that is open, those that are chosen, what is typed, and what a yes or no does to all of that.
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Approval,
  type ApprovalDetail,
  type Approved,
  type Typed,
  useApproval,
  useApprovals,
  useChangeDraft,
} from "@/api/approvals";
import { useMay } from "@/api/session";
import { useTyped } from "@/dialogs/useTyped";
import { failToast } from "@/ui/toasts";
import { useFirst } from "@/ui/useFirst";
import { useSelection } from "@/ui/useSelection";
import { useDeciding } from "./useDeciding";
import { filterOf, nextOf, type View } from "./view";

export type Desk = ReturnType<typeof useDesk>;

/** What a dialog asks about. */
export type Question =
  | { readonly about: "reject"; readonly ids: readonly number[]; readonly name: string }
  | { readonly about: "anyway"; readonly meant: Approved; readonly name: string; readonly why: string }
  | { readonly about: "regenerate"; readonly detail: ApprovalDetail };

/** Beside the list, some draft is always open; on a phone only the one that was touched. */
const WIDE = "(min-width: 64em)";

export function useDesk(view: View, onView: (changed: Partial<View>) => void) {
  const { t } = useTranslation("approvals");
  const list = useApprovals(filterOf(view));
  const rows = list.rows ?? [];
  const selection = useSelection<number>();
  const [question, ask] = useState<Question>();
  const isWide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const touched = view.open === "" ? undefined : Number(view.open);
  const { first, letGo } = useFirst({
    filter: JSON.stringify(filterOf(view)),
    now: rows[0]?.id,
    loading: list.loading,
  });
  const openId = touched ?? (isWide ? first : undefined);
  const { data: detail, error: failed } = useApproval(openId);
  const show = (id: number | undefined) => {
    letGo();
    onView({ open: id === undefined ? "" : String(id) });
  };
  const typing = useTyping(openId);
  const deciding = useDeciding({ onBack: show, onAsk: ask, onDone: typing.drop });
  const change = useChangeDraft(({ act }) => t(`said.${act}`));
  /** Go on to what stands behind those; on a phone back to the list. */
  const goOn = (gone: readonly number[]) => {
    selection.set([...gone], false);
    show(isWide ? nextOf(idsOf(rows), openId, new Set(gone)) : undefined);
  };
  const chosen = rows.filter(({ id }) => selection.selected.has(id));
  /** Say yes to those that are chosen; one for which other words are typed would leave without them. */
  const approveChosen = () => {
    const free = chosen.filter(({ id }) => typing.of(id) === undefined);
    const left = chosen.length - free.length;
    if (left > 0) failToast(t("bulk.typed", { count: left }));
    if (free.length === 0) return;
    const hashes = Object.fromEntries(free.map(({ id, text_hash: hash }) => [id, hash]));
    deciding.approveMany({ ids: idsOf(free), hashes });
    goOn(idsOf(free));
  };
  return {
    view,
    list,
    rows,
    selection,
    chosen,
    approveChosen,
    openId,
    touched,
    detail,
    failed,
    isWide,
    show,
    goOn,
    mayDecide: useMay()("approvals.edit"),
    typing,
    question,
    ask,
    change,
    ...deciding,
  };
}

/** What is typed stays with its draft while one looks at another, or leaves the room. */
function useTyping(openId: number | undefined) {
  const { of, put, drop } = useTyped("approvals", isTyped);
  return { text: openId === undefined ? undefined : of(openId), of, put, drop };
}

function isTyped(value: unknown): value is Typed {
  if (typeof value !== "object" || value === null) return false;
  const { subject, text, text_hash: hash } = value as Partial<Record<keyof Typed, unknown>>;
  return typeof subject === "string" && typeof text === "string" && typeof hash === "string";
}

export function idsOf(rows: readonly Approval[]): number[] {
  return rows.map(({ id }) => id);
}
