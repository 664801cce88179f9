// What lies in the address, and which draft is next. Pure.
import type { AnswerFilter } from "@/api/answerDrafts";
import type { ApprovalFilter } from "@/api/approvals";

export const DEFAULTS = {
  show: "waiting",
  risk: "",
  sequence: "",
  sort: "oldest",
  q: "",
  whose: "",
  open: "",
};
export type View = { readonly [Name in keyof typeof DEFAULTS]: string };

/** `answers`: what agents would answer to replies; the others are drafts of steps. */
export const SHOWN = ["waiting", "answers", "writing", "decided"] as const;
export const RISKS = ["none", "look", "stop"] as const;
export const SORTS = ["oldest", "newest"] as const;

const STEPS = ["waiting", "writing", "decided"] as const;

export function filterOf({ show, risk, sequence, sort, q }: View): ApprovalFilter {
  const level = RISKS.find((each) => each === risk);
  return {
    view: STEPS.find((each) => each === show) ?? "waiting",
    sort: SORTS.find((each) => each === sort) ?? "oldest",
    ...(level !== undefined && { risk: level }),
    ...(sequence !== "" && { sequence_id: Number(sequence) }),
    ...(q !== "" && { q }),
  };
}

/** Which drafted answers are asked for. */
export function answersOf({ whose, risk, sort, q }: View): AnswerFilter {
  return {
    scope: whose === "mine" ? "mine" : "waiting",
    risk: RISKS.find((each) => each === risk) ?? "",
    sort: SORTS.find((each) => each === sort) ?? "oldest",
    q,
  };
}

/** Tell whether fewer than all that wait are asked for. */
export function isNarrow({ show, risk, sequence, q }: View): boolean {
  return show !== "waiting" || risk !== "" || sequence !== "" || q !== "";
}

/** Return which draft stands at hand once these are gone: the next one, else the last. */
export function nextOf(
  ids: readonly number[],
  here: number | undefined,
  gone: ReadonlySet<number>,
): number | undefined {
  const at = here === undefined ? -1 : ids.indexOf(here);
  const after = ids.slice(Math.max(at, 0)).find((id) => !gone.has(id));
  return after ?? ids.findLast((id) => !gone.has(id));
}
