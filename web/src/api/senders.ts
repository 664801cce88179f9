// Senders: the mailboxes, how their day goes, added, changed, tried, tested.
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Sender = Schemas["SenderOut"];
export type SenderIn = Schemas["SenderIn"];
export type SenderChange = Schemas["SenderChangeIn"];
export type Server = Schemas["ServerIn"];
export type Account = Schemas["AccountIn"];
export type MailProvider = Schemas["ProviderOut"];
export type Webhook = Schemas["WebhookOut"];
export type WarmUp = Schemas["WarmUp"];
export type Tried = Schemas["TriedOut"];
export type Security = Server["security"];
export type SenderVerb = "enable" | "disable" | "retry" | "default";

export const senderKeys = { all: ["senders"], one: (id: number) => ["senders", "one", id] } as const;

const LIVE = 10_000;

export function useSenders() {
  return useInfinite<Sender>({
    key: ["senders", "list"],
    read: (cursor) => answer(api.GET("/api/senders", { params: { query: { cursor: cursor ?? "" } } })),
    every: LIVE,
  });
}

export function useSender(id: number | undefined) {
  return useQuery({
    queryKey: senderKeys.one(id ?? 0),
    queryFn: () => answer(api.GET("/api/senders/{sender_id}", { params: { path: { sender_id: id ?? 0 } } })),
    enabled: id !== undefined,
    refetchInterval: LIVE,
    retry: false,
  });
}

export function useAddSender(said: (body: SenderIn) => string) {
  return useOptimistic({
    act: (body: SenderIn) => answer(api.POST("/api/senders", { body })),
    keys: [senderKeys.all],
    said,
    quiet: true,
  });
}

export function useChangeSender(id: number, said: () => string) {
  return useOptimistic({
    act: (body: SenderChange) =>
      answer(api.PATCH("/api/senders/{sender_id}", { params: { path: { sender_id: id } }, body })),
    keys: [senderKeys.all],
    refresh: [["today"]],
    said,
    quiet: true,
  });
}

interface Asked {
  readonly id: number;
  readonly verb: SenderVerb;
}

const OPPOSITE: Partial<Record<SenderVerb, SenderVerb>> = { enable: "disable", disable: "enable" };

export function useSenderVerb(said: (asked: Asked) => string) {
  return useOptimistic({
    act: ask,
    keys: [senderKeys.all],
    refresh: [["today"], ["enrollments"]],
    said,
    mayUndo: ({ verb }) => OPPOSITE[verb] !== undefined,
    undo: ({ id, verb }: Asked) => ask({ id, verb: OPPOSITE[verb] ?? verb }),
  });
}

function ask({ id, verb }: Asked) {
  const params = { path: { sender_id: id } };
  switch (verb) {
    case "enable":
      return answer(api.POST("/api/senders/{sender_id}/enable", { params }));
    case "disable":
      return answer(api.POST("/api/senders/{sender_id}/disable", { params }));
    case "retry":
      return answer(api.POST("/api/senders/{sender_id}/retry", { params }));
    case "default":
      return answer(api.POST("/api/senders/{sender_id}/default", { params }));
  }
}

interface Trial {
  /** Of a sender that is there; left out: nothing is saved yet. */
  readonly id?: number;
  readonly server?: Server;
  readonly account?: Account;
}

const NOWHERE: Server = { host: "", port: 587, security: "starttls", username: "" };

/** Find, reach, encrypt, log in; or ask the provider whether the key is good. Nothing is sent. */
export function useTryServer() {
  return useMutation({ mutationFn: tryOut, meta: { quiet: true } });
}

function tryOut({ id, server, account }: Trial) {
  if (id !== undefined) {
    const body = { ...(server && { server }), ...(account && { account }) };
    return answer(api.POST("/api/senders/{sender_id}/try", { params: { path: { sender_id: id } }, body }));
  }
  if (account !== undefined) return answer(api.POST("/api/senders/try-account", { body: account }));
  return answer(api.POST("/api/senders/try", { body: server ?? NOWHERE }));
}

/** The email service providers that can carry mail, and what each must be told. */
export function useMailProviders() {
  return useQuery({
    queryKey: ["senders", "providers"],
    queryFn: () => answer(api.GET("/api/senders/providers")),
    staleTime: Infinity,
  });
}

/** Where a sender's provider has to call, and when it did last. */
export function useWebhook(id: number) {
  return useQuery({
    queryKey: ["senders", "webhook", id],
    queryFn: () =>
      answer(api.GET("/api/senders/{sender_id}/webhook", { params: { path: { sender_id: id } } })),
    refetchInterval: LIVE,
    retry: false,
  });
}

export function useSendTestMail() {
  return useMutation({
    mutationFn: (id: number) => {
      const key = idempotencyKey();
      return answer(
        api.POST("/api/senders/{sender_id}/test-mail", {
          params: { path: { sender_id: id }, header: { "Idempotency-Key": key } },
          body: { client_id: key },
        }),
      );
    },
  });
}

const SOON = 1_000;
const SETTLED = new Set(["sent", "delivered", "failed", "skipped", "cancelled"]);

/** What became of a test mail; asked until it is known. */
export function useTestMail(id: number | undefined) {
  return useQuery({
    queryKey: ["test-mails", id],
    queryFn: () => answer(api.GET("/api/test-mails/{touch_id}", { params: { path: { touch_id: id ?? 0 } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (SETTLED.has(state.data?.status ?? "") ? false : SOON),
  });
}
