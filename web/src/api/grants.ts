// Accounts at providers that people connected, and how the mail of senders fares.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Grant = Schemas["GrantOut"];
export type Provider = Schemas["GrantProviderOut"];
export type Asked = Schemas["GrantStartIn"];
export type SenderRecord = Schemas["SenderRecordOut"];

const GRANTS = ["grants"];
const RECORDS = ["sender-records"];

export function useGrants() {
  return useQuery({
    queryKey: GRANTS,
    queryFn: () => answer(api.GET("/api/grants", { params: { query: { limit: 200 } } })),
  });
}

/** The providers that the operator registered with. */
export function useGrantProviders() {
  return useQuery({ queryKey: ["grant-providers"], queryFn: () => answer(api.GET("/api/grants/providers")) });
}

/** Goes to the provider; the browser comes back by itself. */
export function useStartGrant() {
  return useMutation({
    mutationFn: (body: Asked) => answer(api.POST("/api/grants/start", { body })),
    onSuccess: ({ url }) => {
      window.location.assign(url);
    },
    meta: { quiet: true },
  });
}

export function useRemoveGrant(said: (revoked: boolean) => string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/grants/{grant_id}", { params: { path: { grant_id: id } } })),
    onSuccess: () => client.invalidateQueries({ queryKey: GRANTS }),
    meta: { said: (answered: unknown) => said((answered as Schemas["GrantRemovedOut"]).revoked) },
  });
}

/** What became of a sender's mail of late; undefined until it was counted. */
export function useSenderRecord(senderId: number): SenderRecord | undefined {
  const { data } = useQuery({
    queryKey: RECORDS,
    queryFn: () => answer(api.GET("/api/sender-records")),
  });
  return data?.find((record) => record.sender_id === senderId);
}

/** Lets a sender send again that was held for what came back. Nothing takes that back. */
export function useRelease(said: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.POST("/api/senders/{sender_id}/retry", { params: { path: { sender_id: id } } })),
    onSuccess: () =>
      Promise.all(
        [RECORDS, ["senders"], ["today"]].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    meta: { said: () => said },
  });
}

export type HeldAccount = Schemas["HeldAccountOut"];

const HELD = ["held-accounts"];

/** Accounts that were signed in with although another address was typed. */
export function useHeldAccounts() {
  return useQuery({ queryKey: HELD, queryFn: () => answer(api.GET("/api/grants/held")) });
}

interface Settled {
  readonly id: string;
  /** Left out: nothing is connected. */
  readonly use?: "typed" | "signed_in";
}

/** Say which address is meant, or give it up. */
export function useSettleAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, use }: Settled): Promise<string> => {
      const params = { path: { held_id: id } };
      if (use === undefined) {
        await answer(api.DELETE("/api/grants/held/{held_id}", { params }));
        return "";
      }
      return (await answer(api.POST("/api/grants/held/{held_id}", { params, body: { use } }))).address;
    },
    onSuccess: () =>
      Promise.all(
        [HELD, GRANTS, ["senders"], ["mailboxes"]].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
    meta: { quiet: true },
  });
}
