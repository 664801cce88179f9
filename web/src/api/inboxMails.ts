// Single mails of the inbox: what is asked about them, how they are meant, whose they are, to whom they go on.
import { answer, api } from "./client";
import { inboxKeys, path, type Question, type Sentiment } from "./inbox";
import { inPages, useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Unmatched = Schemas["UnmatchedOut"];
export type SetAside = Schemas["SetAsideOut"];

export interface Answered {
  readonly contactId: number;
  readonly question: Question;
  readonly yes: boolean;
}

/** Answer what the inbox asks: whether a reply is theirs, whether it is an opt-out. */
export function useAnswerQuestion(said: (answered: Answered) => string) {
  return useOptimistic({
    act: ({ contactId, question, yes }: Answered) =>
      answer(
        api.POST("/api/conversations/{contact_id}/answers", {
          params: { path: path(contactId) },
          body: { question, yes },
        }),
      ),
    keys: [inboxKeys.all],
    refresh: [["today"], ["enrollments"], ["contacts"]],
    said,
  });
}

interface Meant {
  readonly messageId: number;
  readonly sentiment: Sentiment | "";
}

/** Correct how a mail was understood. */
export function useReclassify(said: (meant: Meant) => string) {
  return useOptimistic({
    act: ({ messageId, sentiment }: Meant) =>
      answer(
        api.PUT("/api/messages/{message_id}/sentiment", {
          params: { path: { message_id: messageId } },
          body: { sentiment },
        }),
      ),
    keys: [inboxKeys.all],
    refresh: [["today"], ["enrollments"], ["contacts"], ["messages"]],
    said,
  });
}

interface Forwarded {
  readonly messageId: number;
  readonly memberId: number;
  readonly note: string;
  readonly clientId: string;
}

/** Pass a message on to one of the own people. */
export function useForward(said: () => string) {
  return useOptimistic({
    act: ({ messageId, memberId, note, clientId }: Forwarded) =>
      answer(
        api.POST("/api/messages/{message_id}/forward", {
          params: { path: { message_id: messageId }, header: { "Idempotency-Key": clientId } },
          body: { member_id: memberId, note, client_id: clientId },
        }),
      ),
    keys: [],
    said,
  });
}

/** Give a stranger's mail to a contact. */
export function useAttachMail(said: () => string) {
  return useOptimistic({
    act: ({ messageId, contactId }: { readonly messageId: number; readonly contactId: number }) =>
      answer(
        api.POST("/api/conversations/unmatched/{message_id}/attach", {
          params: { path: { message_id: messageId } },
          body: { contact_id: contactId },
        }),
      ),
    keys: [inboxKeys.all],
    refresh: [["enrollments"], ["contacts"], ["today"]],
    said,
  });
}

type Newcomer = Schemas["MakeContactIn"] & { readonly messageId: number };

/** Make a contact of who wrote a mail. */
export function useMakeContact(said: () => string) {
  return useOptimistic({
    act: ({ messageId, ...body }: Newcomer) =>
      answer(
        api.POST("/api/conversations/unmatched/{message_id}/contact", {
          params: { path: { message_id: messageId } },
          body,
        }),
      ),
    keys: [inboxKeys.all],
    refresh: [["contacts"]],
    said,
    quiet: true,
  });
}

/** Mails that could not be processed. */
export function useSetAside(enabled: boolean) {
  return useInfinite<SetAside>({
    key: inboxKeys.setAside,
    read: (cursor) =>
      answer(api.GET("/api/set-aside-mails", { params: { query: { cursor: cursor ?? "" } } })),
    enabled,
  });
}

export function useRetryMail(said: () => string) {
  return useOptimistic({
    act: (mailId: number) =>
      answer(api.POST("/api/set-aside-mails/{mail_id}/retry", { params: { path: { mail_id: mailId } } })),
    keys: [inboxKeys.setAside],
    refresh: [inboxKeys.all],
    said,
  });
}

export function usePutAwayMail(said: () => string) {
  return useOptimistic({
    act: (mailId: number) =>
      answer(api.DELETE("/api/set-aside-mails/{mail_id}", { params: { path: { mail_id: mailId } } })),
    keys: [inboxKeys.setAside],
    said,
  });
}

export function useUnmatched(enabled: boolean) {
  return useInfinite<Unmatched>({
    key: inboxKeys.unmatched,
    read: (cursor) =>
      answer(api.GET("/api/conversations/unmatched", { params: { query: { cursor: cursor ?? "" } } })),
    enabled,
  });
}

export function useSettleUnmatched(said: (ids: readonly number[]) => string) {
  return useOptimistic({
    act: (ids: readonly number[]) =>
      answer(api.POST("/api/conversations/unmatched/settle", { body: { ids: [...ids] } })),
    keys: [inboxKeys.unmatched],
    change: inPages<Unmatched, readonly number[]>((mail, ids) => (ids.includes(mail.id) ? undefined : mail)),
    refresh: [inboxKeys.counts],
    said,
  });
}
