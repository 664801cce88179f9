// Approvals: drafts of agents that wait for a yes before they leave; the yes, the no, and the ten seconds to take it back.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
/** Whose contact is gone, nobody is written to any more. */
type Addressed<Draft> = Omit<Draft, "contact"> & { readonly contact: Schemas["ContactRef"] };
export type Approval = Addressed<Schemas["ApprovalOut"]>;
export type ApprovalDetail = Addressed<Schemas["ApprovalDetailOut"]>;
export type ApprovalCounts = Schemas["ApprovalCountsOut"];
export type Concern = Schemas["ConcernOut"];
export type Decided = Schemas["DecidedOut"];
export type DecidedMany = Schemas["DecidedManyOut"];

export interface ApprovalFilter {
  readonly view?: "waiting" | "writing" | "decided";
  readonly sequence_id?: number;
  readonly risk?: "stop" | "look" | "none";
  readonly sort?: "oldest" | "newest";
  readonly q?: string;
}

const NOBODY: Schemas["ContactRef"] = { id: 0, name: "", email: "", company: "", time_zone: "" };

function addressed<Draft extends Schemas["ApprovalOut"]>(draft: Draft): Addressed<Draft> {
  return { ...draft, contact: draft.contact ?? NOBODY };
}

const OFTEN = 15_000;
const ALL = ["approvals"] as const;
const LIST = [...ALL, "list"] as const;
/** What else a decision moves. */
const MOVED = [ALL, ["enrollments"], ["contacts"], ["today"]] as const;

export function useApprovals(filter: ApprovalFilter) {
  return useInfinite<Approval>({
    key: [...LIST, filter],
    read: async (cursor) => {
      const query = { ...filter, cursor: cursor ?? "", limit: 50 };
      const page = await answer(api.GET("/api/approvals", { params: { query } }));
      return { ...page, items: page.items.map(addressed) };
    },
    every: OFTEN,
  });
}

/** How many drafts wait, and in which sequences. */
export function useApprovalCounts() {
  return useQuery({
    queryKey: [...ALL, "counts"],
    queryFn: () => answer(api.GET("/api/approvals/counts")),
    refetchInterval: OFTEN,
    retry: false,
    meta: { quiet: true },
  });
}

const one = (id: number) => ({ params: { path: { draft_id: id } } });
const keyOf = (id: number | undefined) => [...ALL, "one", id] as const;
/** While the model writes, the page looks again soon. */
const SOON = 2_000;

export function useApproval(id: number | undefined) {
  return useQuery({
    queryKey: keyOf(id),
    queryFn: async () => addressed(await answer(api.GET("/api/approvals/{draft_id}", one(id ?? 0)))),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === "drafting" ? SOON : OFTEN),
    retry: false,
  });
}

export interface Text {
  readonly subject: string;
  readonly text: string;
}

/** What was typed over the text that this hash stands for. */
export interface Typed extends Text {
  readonly text_hash: string;
}

export interface Approved extends Partial<Text> {
  readonly id: number;
  /** Of the text that was read: no other leaves. */
  readonly text_hash: string;
  /** It has a concern that should stop it, and somebody said: all the same. */
  readonly anyway?: boolean;
}

/** Forget drafts that were decided and are not in view: whoever opens one again must not decide about an old text. */
function useForgetting() {
  const client = useQueryClient();
  return (ids: readonly number[]) => {
    for (const id of ids) client.removeQueries({ queryKey: keyOf(id), type: "inactive" });
  };
}

/** Say yes to one, as it is or as it was changed. It can be taken back for ten seconds. */
export function useApprove() {
  const forget = useForgetting();
  return useOptimistic({
    after: ({ id }) => {
      forget([id]);
    },
    act: ({ id, anyway = false, ...words }: Approved) =>
      answer(api.POST("/api/approvals/{draft_id}/approve", { ...one(id), body: { anyway, ...words } })),
    keys: [LIST],
    change: inPages<Approval, Approved>((row, { id }) => (row.id === id ? undefined : row)),
    refresh: MOVED,
    quiet: true,
  });
}

interface Many {
  readonly ids: readonly number[];
}

interface ApprovedMany extends Many {
  /** By id, of the texts that were read. */
  readonly hashes: Readonly<Record<number, string>>;
}

const leaves = inPages<Approval, Many>((row, { ids }) => (ids.includes(row.id) ? undefined : row));

export function useApproveMany() {
  return useOptimistic({
    act: ({ ids, hashes }: ApprovedMany) => {
      const params = { header: { "Idempotency-Key": idempotencyKey() } };
      const body = { ids: [...ids], anyway: false, text_hashes: hashes };
      return answer(api.POST("/api/approvals/approve", { body, params }));
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
    act: ({ ids, then }: Rejected) =>
      answer(api.POST("/api/approvals/reject", { body: { ids: [...ids], then } })),
    keys: [LIST],
    change: leaves,
    refresh: MOVED,
  });
}

/** Take approvals back; too late after ten seconds. */
export function useTakeBack() {
  const forget = useForgetting();
  return useOptimistic({
    after: forget,
    act: (ids: readonly number[]) => answer(api.POST("/api/approvals/undo", { body: { ids: [...ids] } })),
    keys: [LIST],
    refresh: MOVED,
  });
}

export type Change =
  | { readonly act: "edit"; readonly id: number; readonly text: Typed }
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

async function changed(change: Change): Promise<ApprovalDetail> {
  const path = one(change.id);
  switch (change.act) {
    case "edit":
      return addressed(await answer(api.PATCH("/api/approvals/{draft_id}", { ...path, body: change.text })));
    case "restore":
      return addressed(await answer(api.POST("/api/approvals/{draft_id}/restore", path)));
    case "regenerate": {
      const body = { note: change.note };
      return addressed(await answer(api.POST("/api/approvals/{draft_id}/regenerate", { ...path, body })));
    }
  }
}

const PAUSE = 400;

/** What should be looked at in a text that is being typed, a moment after the last letter; nothing is kept. */
export function useChecks(id: number, typed: Text | undefined) {
  const [text] = useDebouncedValue(typed, PAUSE);
  return useQuery({
    queryKey: [...ALL, "check", id, text],
    queryFn: () => {
      const { subject = "", text: body = "" } = text ?? {};
      return answer(
        api.POST("/api/approvals/{draft_id}/check", { ...one(id), body: { subject, text: body } }),
      );
    },
    enabled: text !== undefined,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
    meta: { quiet: true },
  });
}
