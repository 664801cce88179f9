// What an agent would answer to a contact: read, sent by a person, thrown away, written anew.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { inboxKeys, type Outgoing, path, takeBack } from "./inbox";
import { type Rows, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

export type AnswerDraft = components["schemas"]["AnswerDraftOut"];

export interface AnswerFilter {
  /** `mine`: to contacts of one's own. */
  readonly scope: "waiting" | "mine";
  readonly risk: "" | "none" | "look" | "stop";
  readonly sort: "oldest" | "newest";
  readonly q: string;
}

const SOON = 2_000;
const LIVE = 10_000;
const MOVED = [["today"], ["contacts"], ["approvals"]] as const;

/** What an agent would answer, or that it is being written; null where there is nothing. Asked often while it writes. */
export function useAnswerDraft(contactId: number) {
  return useQuery({
    queryKey: [...inboxKeys.one(contactId), "suggestion"],
    queryFn: () =>
      answer(api.GET("/api/conversations/{contact_id}/answer-draft", { params: { path: path(contactId) } })),
    refetchInterval: ({ state: { data } }) =>
      data?.status === "wanted" && data.because === "" ? SOON : LIVE,
    retry: false,
    meta: { quiet: true },
  });
}

/** Drafted answers that wait for a person. */
export function useAnswerDrafts(filter: AnswerFilter): Rows<AnswerDraft> {
  return useInfinite<AnswerDraft>({
    key: ["approvals", "answers", "list", filter],
    read: (cursor) => {
      const query = { ...filter, cursor: cursor ?? "", limit: 50 };
      return answer(api.GET("/api/answer-drafts", { params: { query } }));
    },
    every: LIVE,
  });
}

const one = (id: number) => ({ path: { answer_id: id } });

interface Sent {
  readonly id: number;
  /** Of the text that was read: no other leaves. */
  readonly textHash: string;
  /** A name of our own: asked twice, it is sent once. */
  readonly key: string;
  /** It has a concern that should stop it, and somebody said: all the same. */
  readonly anyway: boolean;
}

/** Answer with it as it is. It stays at hand for ten seconds, and can be taken back: then it waits again. */
export function useSendAnswer(said: () => string) {
  return useOptimistic({
    act: ({ id, textHash, key, anyway }: Sent) =>
      answer(
        api.POST("/api/answer-drafts/{answer_id}/send", {
          params: { ...one(id), header: { "Idempotency-Key": key } },
          body: { text_hash: textHash, anyway },
        }),
      ),
    keys: [inboxKeys.all],
    refresh: MOVED,
    said,
    undo: (_sent: Sent, { id }: Outgoing) => takeBack(id),
  });
}

/** Throw it away; the contact still waits for an answer. */
export function useDiscardAnswer(said: () => string) {
  return useOptimistic({
    act: (id: number) => answer(api.POST("/api/answer-drafts/{answer_id}/discard", { params: one(id) })),
    keys: [inboxKeys.all],
    refresh: MOVED,
    said,
  });
}

interface Wished {
  readonly id: number;
  readonly note: string;
}

/** Have it written anew, with a wish. */
export function useRewriteAnswer() {
  return useOptimistic({
    act: ({ id, note }: Wished) =>
      answer(api.POST("/api/answer-drafts/{answer_id}/rewrite", { params: one(id), body: { note } })),
    keys: [inboxKeys.all],
    refresh: MOVED,
  });
}
