// Links that people without an account open: each works once, and signs in.
import { useMutation, useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import { prepare } from "./session";

type Schemas = components["schemas"];
export type Claim = Omit<Schemas["ClaimIn"], "token">;

/** A link that no longer works stays so. */
const ONCE = { retry: false, staleTime: Infinity, refetchOnWindowFocus: false } as const;

export function useClaimLink(token: string) {
  return useQuery({
    queryKey: ["claim", token],
    queryFn: async () => {
      await prepare();
      await answer(api.POST("/api/claim/look", { body: { token } }));
      return true;
    },
    ...ONCE,
  });
}

export function useClaim(token: string) {
  return useMutation({
    mutationFn: (claim: Claim) => answer(api.POST("/api/claim", { body: { token, ...claim } })),
    meta: { quiet: true },
  });
}

export function useInvitation(token: string) {
  return useQuery({
    queryKey: ["invitation", token],
    queryFn: async () => {
      await prepare();
      return answer(api.POST("/api/invitations/look", { body: { token } }));
    },
    ...ONCE,
  });
}

export function useAccept(token: string) {
  return useMutation({
    mutationFn: (person: { name: string; password: string }) =>
      answer(api.POST("/api/invitations/accept", { body: { token, ...person } })),
    meta: { quiet: true },
  });
}

export function usePasswordLink(token: string) {
  return useQuery({
    queryKey: ["password-link", token],
    queryFn: async () => {
      await prepare();
      return answer(api.POST("/api/password-links/look", { body: { token } }));
    },
    ...ONCE,
  });
}

export function useSetPassword(token: string) {
  return useMutation({
    mutationFn: (password: string) =>
      answer(api.POST("/api/password-links/use", { body: { token, password } })),
    meta: { quiet: true },
  });
}
