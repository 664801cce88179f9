// The inbox: conversations, threads, and what people write themselves.
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, ApiError, idempotencyKey } from "./client";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Conversation = Schemas["ConversationOut"];
export type Thread = Schemas["ThreadOut"];
export type ThreadMessage = Schemas["MessageOut"];
export type Outgoing = Schemas["OutgoingOut"];
export type ThreadEnrollment = Schemas["ThreadEnrollmentOut"];
export type Scope = "needs_answer" | "questions" | "mine" | "all";
export type Question = Schemas["Question"];
export type Sentiment = Schemas["Sentiment"];

export const SENTIMENTS: readonly Sentiment[] = [
  "interested",
  "not_now",
  "not_interested",
  "wrong_person",
  "out_of_office",
  "unsubscribe",
];

export const inboxKeys = {
  all: ["conversations"],
  list: (scope: Scope, sentiment: string, q: string) => ["conversations", "list", scope, sentiment, q],
  counts: ["conversations", "counts"],
  unmatched: ["conversations", "unmatched"],
  setAside: ["set-aside-mails"],
  one: (contactId: number) => ["conversations", "one", contactId],
} as const;

const LIVE = 10_000;

export function useConversations(scope: Scope, sentiment: Sentiment | "", q: string, enabled = true) {
  return useInfinite<Conversation>({
    key: inboxKeys.list(scope, sentiment, q),
    read: (cursor) =>
      answer(
        api.GET("/api/conversations", { params: { query: { scope, sentiment, q, cursor: cursor ?? "" } } }),
      ),
    every: LIVE,
    enabled,
  });
}

export function useInboxCounts() {
  return useQuery({
    queryKey: inboxKeys.counts,
    queryFn: () => answer(api.GET("/api/conversations/counts")),
    refetchInterval: LIVE,
  });
}

const SOON = 2_000;

/** A thread; asked often while something that was written has not left. */
export function useThread(contactId: number | undefined) {
  return useQuery({
    queryKey: inboxKeys.one(contactId ?? 0),
    queryFn: () => answer(api.GET("/api/conversations/{contact_id}", { params: { path: path(contactId) } })),
    enabled: contactId !== undefined,
    refetchInterval: ({ state }) => ((state.data?.outgoing.length ?? 0) > 0 ? SOON : LIVE),
    retry: false,
  });
}

/** The messages before those of the thread, page by page; asked once `enabled`. */
export function useOlder({ contact, older }: Thread, enabled: boolean) {
  const list = useInfiniteQuery({
    queryKey: ["messages", "before", contact.id, older],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET("/api/conversations/{contact_id}", {
          params: { path: path(contact.id), query: { before: pageParam } },
        }),
      ),
    initialPageParam: older ?? 0,
    getNextPageParam: (last) => last.older ?? undefined,
    placeholderData: keepPreviousData,
    enabled: enabled && older !== null,
    staleTime: Infinity,
  });
  const pages = list.data?.pages ?? [];
  return {
    messages: pages.toReversed().flatMap((page) => page.messages),
    hasMore: older !== null && (list.data === undefined || list.hasNextPage),
    loading: list.isFetching,
    onMore: () => void list.fetchNextPage(),
  };
}

export function path(contactId: number | undefined) {
  return { contact_id: contactId ?? 0 };
}

/** The text of a mail as it came, quotes included. */
export function useOriginal(messageId: number, enabled: boolean) {
  return useQuery({
    queryKey: ["messages", messageId, "original"],
    queryFn: () =>
      answer(api.GET("/api/messages/{message_id}/original", { params: { path: { message_id: messageId } } })),
    enabled,
    staleTime: Infinity,
  });
}

interface Changed {
  readonly contactId: number;
  readonly needs_answer?: boolean;
  readonly unread?: boolean;
}

const change = ({ contactId, ...body }: Changed) =>
  answer(api.PATCH("/api/conversations/{contact_id}", { params: { path: path(contactId) }, body }));

/** Done, to be answered, read, unread. */
export function useChangeConversation(said?: (changed: Changed) => string) {
  return useOptimistic({
    act: change,
    keys: [["conversations", "list"]],
    change: inPages<Conversation, Changed>((row, { contactId, ...body }) => {
      if (row.contact.id !== contactId) return row;
      const after = { ...row, ...body };
      return body.needs_answer === false ? { ...after, unread: false } : after;
    }),
    refresh: [inboxKeys.all, ["today"]],
    ...(said && {
      said,
      undo: ({ contactId, needs_answer }: Changed) =>
        change({ contactId, needs_answer: needs_answer !== true }),
    }),
  });
}

/** A file that goes along, kept before. */
export interface WrittenFile {
  readonly id: number;
  readonly name: string;
  readonly size: number;
}

/** An agent's answer whose words a person took over, to change them. */
export interface TakenOver {
  readonly id: number;
  readonly channel: string;
}

/** Refusals after which a person's words still are a message like any: it waits no more, or they may not decide it. */
const NOT_INSTEAD: ReadonlySet<string> = new Set(["answer_not_waiting", "not_permitted", "not_found"]);

/** Send a person's words in place of an agent's answer, so that it is known what became of that. */
export async function sendInstead(
  { id }: TakenOver,
  text: string,
  clientId: string,
  otherwise: () => Promise<Outgoing>,
): Promise<Outgoing> {
  try {
    return await answer(
      api.POST("/api/answer-drafts/{answer_id}/send", {
        params: { path: { answer_id: id }, header: { "Idempotency-Key": clientId } },
        body: { text, anyway: false },
      }),
    );
  } catch (error) {
    if (error instanceof ApiError && NOT_INSTEAD.has(error.problem?.code ?? "")) return otherwise();
    throw error;
  }
}

interface Written {
  readonly contactId: number;
  readonly clientId: string;
  readonly text: string;
  readonly subject?: string;
  readonly senderId?: number;
  /** What goes along. */
  readonly files?: readonly WrittenFile[];
  /** Outside of the sender's hours too. */
  readonly atOnce?: boolean;
  readonly takenOver?: TakenOver | undefined;
}

/** An answer of an agent is one text by mail: what has more is a message of its own. */
function sendLetter(written: Written): Promise<Outgoing> {
  const { text, clientId, takenOver } = written;
  if (takenOver?.channel !== "email" || hasMore(written)) return postLetter(written);
  return sendInstead(takenOver, text, clientId, () => postLetter(written));
}

function hasMore({ subject = "", files = [], atOnce = false, senderId }: Written): boolean {
  return subject.trim() !== "" || files.length > 0 || atOnce || senderId !== undefined;
}

function postLetter(written: Written): Promise<Outgoing> {
  const { contactId, clientId, text, subject = "", senderId, files = [], atOnce = false } = written;
  return answer(
    api.POST("/api/conversations/{contact_id}/messages", {
      params: { path: path(contactId), header: { "Idempotency-Key": clientId } },
      body: {
        client_id: clientId,
        text,
        subject,
        at_once: atOnce,
        files: files.map(({ id }) => id),
        ...(senderId !== undefined && { sender_id: senderId }),
      },
    }),
  );
}

/** A name of our own for a message: it is written once however often it is asked. */
export const newClientId = idempotencyKey;

/** Answer, or write a first message. It stays at hand for ten seconds, and can be taken back. */
export function useWrite(said: (written: Written) => string, onTakenBack?: (written: Written) => void) {
  const client = useQueryClient();
  return useOptimistic({
    act: sendLetter,
    keys: [inboxKeys.all],
    refresh: [["today"], ["contacts"]],
    said,
    undo: async (written: Written, sent: Outgoing) => {
      await takeBack(sent.id);
      onTakenBack?.(written);
      await client.invalidateQueries({ queryKey: inboxKeys.one(written.contactId) });
    },
  });
}

export function takeBack(id: number) {
  return answer(api.DELETE("/api/outgoing/{touch_id}", { params: { path: { touch_id: id } } }));
}

export function useTakeBack() {
  return useOptimistic({ act: takeBack, keys: [inboxKeys.all], refresh: [["today"]] });
}
