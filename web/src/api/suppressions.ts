// Who must not be contacted.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Suppression = Schemas["SuppressionOut"];
export type Why = Schemas["SuppressionWhyOut"];
export type Channel = "" | "email" | "sms" | "whatsapp" | "voice";

export interface SuppressionFilter {
  readonly address: string;
  readonly reason: string;
  readonly channel: Channel;
  readonly lifted: boolean;
}

const KEYS = [["suppressions"]] as const;

export function useSuppressions(filter: SuppressionFilter) {
  return useInfinite<Suppression>({
    key: ["suppressions", "list", filter],
    read: (cursor) =>
      answer(api.GET("/api/suppressions", { params: { query: { ...filter, cursor: cursor ?? "" } } })),
  });
}

/** Why an address was not contacted; nothing is asked for an empty one. */
export function useWhy(address: string) {
  return useQuery({
    queryKey: ["suppressions", "why", address],
    queryFn: () => answer(api.GET("/api/suppressions/why", { params: { query: { address } } })),
    enabled: address !== "",
    retry: false,
  });
}

interface Added {
  readonly address: string;
  readonly channel: Channel;
}

export function useAddSuppression({ said }: { readonly said: (added: Added) => string }) {
  return useOptimistic({
    act: (body: Added) => answer(api.POST("/api/suppressions", { body: { reason: "manual", ...body } })),
    keys: KEYS,
    refresh: [contactKeys.all, ["enrollments"]],
    said,
    undo: (_, { id }: Suppression) => lift({ id, reason: "" }),
    quiet: true,
  });
}

export function useImportSuppressions() {
  return useOptimistic({
    act: (body: { readonly addresses: string; readonly channel: Channel }) =>
      answer(api.POST("/api/suppressions/import", { body })),
    keys: KEYS,
    refresh: [contactKeys.all],
    quiet: true,
  });
}

interface Lifted {
  readonly id: number;
  readonly reason: string;
}

function lift({ id, reason }: Lifted): Promise<Suppression> {
  return answer(
    api.POST("/api/suppressions/{suppression_id}/lift", {
      params: { path: { suppression_id: id } },
      body: { reason },
    }),
  );
}

export function useLift({ said }: { readonly said: () => string }) {
  return useOptimistic({ act: lift, keys: KEYS, refresh: [contactKeys.all], said, quiet: true });
}
