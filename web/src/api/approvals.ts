// Approvals: drafts of agents that wait for a yes before they leave; the yes, the no, and the ten seconds to take it back.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type {
  ApprovalCounts,
  ApprovalDetail,
  Approval,
  Concern,
  Decided,
  DecidedMany,
} from "./approvalTypes";
import { answer, api, idempotencyKey } from "./client";
import { inPages, type Page, useInfinite, useOptimistic } from "./query";

export type {
  Approval,
  ApprovalCounts,
  ApprovalDetail,
  Concern,
  Decided,
  DecidedMany,
} from "./approvalTypes";

export interface ApprovalFilter {
  readonly view?: "waiting" | "writing" | "decided";
  readonly sequence_id?: number;
  readonly risk?: "stop" | "look" | "none";
  readonly sort?: "oldest" | "newest";
  readonly q?: string;
}

type Call = (path: string, options: object) => Promise<{ data?: unknown }>;
const untyped = api as unknown as Readonly<Record<"GET" | "POST" | "PATCH", Call>>;

const OFTEN = 15_000;
const ALL = ["approvals"] as const;
const LIST = [...ALL, "list"] as const;
/** What else a decision moves. */
const MOVED = [ALL, ["enrollments"], ["contacts"], ["today"]] as const;

export function useApprovals(filter: ApprovalFilter) {
  return useInfinite<Approval>({
    key: [...LIST, filter],
    read: (cursor) =>
      answer(
        untyped.GET("/api/approvals", { params: { query: { ...filter, cursor: cursor ?? "", limit: 50 } } }),
      ) as Promise<Page<Approval>>,
    every: OFTEN,
  });
}

/** How many drafts wait, and in which sequences. */
export function useApprovalCounts() {
  return useQuery({
    queryKey: [...ALL, "counts"],
    queryFn: () => answer(untyped.GET("/api/approvals/counts", {})) as Promise<ApprovalCounts>,
    refetchInterval: OFTEN,
    retry: false,
    meta: { quiet: true },
  });
}

const one = (id: number) => ({ params: { path: { approval_id: id } } });
const keyOf = (id: number | undefined) => [...ALL, "one", id] as const;
/** While the model writes, the page looks again soon. */
const SOON = 2_000;

export function useApproval(id: number | undefined) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: () =>
      answer(untyped.GET("/api/approvals/{approval_id}", one(id ?? 0))) as Promise<ApprovalDetail>,
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === "drafting" ? SOON : OFTEN),
    retry: false,
  });
}

export interface Text {
  readonly subject: string;
  readonly text: string;
}

export interface Approved extends Partial<Text> {
  readonly id: number;
  /** It has a concern that should stop it, and somebody said: all the same. */
  readonly anyway?: boolean;
}

/** Say yes to one, as it is or as it was changed. It can be taken back for ten seconds. */
export function useApprove() {
  return useOptimistic({
    act: ({ id, ...body }: Approved) =>
      answer(untyped.POST("/api/approvals/{approval_id}/approve", { ...one(id), body })) as Promise<Decided>,
    keys: [LIST],
    change: inPages<Approval, Approved>((row, { id }) => (row.id === id ? undefined : row)),
    refresh: MOVED,
    quiet: true,
  });
}

interface Many {
  readonly ids: readonly number[];
  readonly anyway?: boolean;
}

const leaves = inPages<Approval, Many>((row, { ids }) => (ids.includes(row.id) ? undefined : row));

export function useApproveMany() {
  return useOptimistic({
    act: (body: Many) => {
      const params = { header: { "Idempotency-Key": idempotencyKey() } };
      return answer(untyped.POST("/api/approvals/approve", { body, params })) as Promise<DecidedMany>;
    },
    keys: [LIST],
    change: leaves,
    refresh: MOVED,
  });
}

export interface Rejected extends Many {
  /** What becomes of the person: the next step, or the end. */
  readonly then: "skip" | "stop";
}

export function useReject() {
  return useOptimistic({
    act: (body: Rejected) => answer(untyped.POST("/api/approvals/reject", { body })) as Promise<DecidedMany>,
    keys: [LIST],
    change: leaves,
    refresh: MOVED,
  });
}

/** Take approvals back; too late after ten seconds. */
export function useTakeBack() {
  return useOptimistic({
    act: (ids: readonly number[]) =>
      answer(untyped.POST("/api/approvals/undo", { body: { ids } })) as Promise<DecidedMany>,
    keys: [LIST],
    refresh: MOVED,
  });
}

export type Change =
  | { readonly act: "edit"; readonly id: number; readonly text: Text }
  | { readonly act: "restore"; readonly id: number }
  | { readonly act: "regenerate"; readonly id: number; readonly note: string };

/** Change the words and leave it waiting: by hand, back to the agent's, or by a new try of the agent. */
export function useChangeDraft(said: (change: Change) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: changed,
    onSuccess: async (detail) => {
      client.setQueryData(keyOf(detail.id), detail);
      await client.invalidateQueries({ queryKey: LIST });
      await client.invalidateQueries({ queryKey: [...ALL, "counts"] });
    },
    meta: { said: (change) => said(change as Change) },
  });
}

function changed(change: Change): Promise<ApprovalDetail> {
  const path = one(change.id);
  if (change.act === "edit") {
    const call = untyped.PATCH("/api/approvals/{approval_id}", { ...path, body: change.text });
    return answer(call) as Promise<ApprovalDetail>;
  }
  const body = change.act === "regenerate" ? { note: change.note } : undefined;
  const call = untyped.POST(`/api/approvals/{approval_id}/${change.act}`, { ...path, body });
  return answer(call) as Promise<ApprovalDetail>;
}

const PAUSE = 400;

/** What should be looked at in a text that is being typed, a moment after the last letter; nothing is kept. */
export function useChecks(id: number, typed: Text | undefined) {
  const [text] = useDebouncedValue(typed, PAUSE);
  return useQuery({
    queryKey: [...ALL, "check", id, text],
    queryFn: () =>
      answer(untyped.POST("/api/approvals/{approval_id}/check", { ...one(id), body: text })) as Promise<
        readonly Concern[]
      >,
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    meta: { quiet: true },
  });
}
