// Mailboxes that are read for replies and bounces, and the domains that senders send from.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import { wholeList } from "./whole";

type Schemas = components["schemas"];
export type Mailbox = Schemas["MailboxOut"];
export type TypedMailbox = Schemas["MailboxIn"];
export type Domain = Schemas["DomainOut"];
export type DomainRecord = Schemas["RecordOut"];

const MAILBOXES = ["mailboxes"];
const DOMAINS = ["domains"];
/** How often the list is asked for while somebody looks: a new mailbox is read within seconds. */
const EVERY_MS = 5_000;

export function useMailboxes() {
  return useQuery({
    queryKey: MAILBOXES,
    queryFn: () =>
      wholeList((cursor) => answer(api.GET("/api/mailboxes", { params: { query: { cursor, limit: 200 } } }))),
    refetchInterval: EVERY_MS,
  });
}

function useRenewal(key: readonly string[]) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key });
}

/** Adds a mailbox, or changes the one with `id`; without a password the stored one stays. */
export function useSaveMailbox(id: number | undefined) {
  return useMutation({
    mutationFn: (body: TypedMailbox) =>
      id === undefined
        ? answer(api.POST("/api/mailboxes", { body }))
        : answer(api.PUT("/api/mailboxes/{mailbox_id}", { params: { path: { mailbox_id: id } }, body })),
    onSuccess: useRenewal(MAILBOXES),
    meta: { quiet: true },
  });
}

/** Tries what is typed, with the stored password of `id` where none is. */
export function useTryMailbox(id: number | undefined) {
  return useMutation({
    mutationFn: (mailbox: TypedMailbox) =>
      id === undefined
        ? answer(api.POST("/api/mailboxes/try", { body: mailbox }))
        : answer(
            api.POST("/api/mailboxes/{mailbox_id}/try", {
              params: { path: { mailbox_id: id } },
              body: { mailbox },
            }),
          ),
    meta: { quiet: true },
  });
}

export function useSwitchMailbox(said: { readonly on: string; readonly off: string }) {
  return useMutation({
    mutationFn: ({ id, enabled }: Pick<Mailbox, "id" | "enabled">) => {
      const params = { path: { mailbox_id: id } };
      return enabled
        ? answer(api.POST("/api/mailboxes/{mailbox_id}/enable", { params }))
        : answer(api.POST("/api/mailboxes/{mailbox_id}/disable", { params }));
    },
    onSuccess: useRenewal(MAILBOXES),
    meta: { said: (_: unknown, asked: unknown) => ((asked as Mailbox).enabled ? said.on : said.off) },
  });
}

export function useRemoveMailbox(said: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/mailboxes/{mailbox_id}", { params: { path: { mailbox_id: id } } })),
    onSuccess: useRenewal(MAILBOXES),
    meta: { said: () => said },
  });
}

export function useDomains() {
  return useQuery({ queryKey: DOMAINS, queryFn: () => answer(api.GET("/api/domains")) });
}

/** What can be done with a domain: its DNS looked at, a key made, signing begun or ended. */
export type DomainAct = "check" | "key" | "sign" | "stop-signing";

export function useDomainAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ domain, act }: { readonly domain: string; readonly act: DomainAct }) =>
      answer(api.POST(`/api/domains/{domain}/${act}`, { params: { path: { domain } } })),
    onSettled: () => client.invalidateQueries({ queryKey: DOMAINS }),
    meta: { quiet: true },
  });
}

/** Chooses the host under which a domain's tracked links lead ("" for none), or has the chosen one proven. */
export function useLinkHost(domain: string) {
  const client = useQueryClient();
  const params = { path: { domain } };
  return useMutation({
    mutationFn: (host: string | undefined) =>
      host === undefined
        ? answer(api.POST("/api/domains/{domain}/link-host/proof", { params }))
        : answer(api.PUT("/api/domains/{domain}/link-host", { params, body: { host } })),
    onSettled: () => client.invalidateQueries({ queryKey: DOMAINS }),
    meta: { quiet: true },
  });
}
