// Hooks: addresses at which other programs tell what happened.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Hook = Schemas["HookOut"];
export type NewHook = Schemas["HookIn"];
export type HookWithSecret = Schemas["HookWithSecretOut"];

const HOOKS = ["hooks"];

export function useHooks(enabled = true) {
  return useQuery({
    queryKey: HOOKS,
    queryFn: () => answer(api.GET("/api/hooks")),
    enabled,
    retry: false,
    meta: { quiet: true },
  });
}

function useRenewal() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: HOOKS });
}

/** The answer holds the secret, this once. */
export function useCreateHook() {
  return useMutation({
    mutationFn: (body: NewHook) => answer(api.POST("/api/hooks", { body })),
    onSuccess: useRenewal(),
    meta: { quiet: true },
  });
}

/** Give a hook a new secret; the old one proves nothing from then on. */
export function useRotateHook() {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.POST("/api/hooks/{hook_id}/rotate", { params: { path: { hook_id: id } } })),
    onSuccess: useRenewal(),
  });
}

export function useRemoveHook(said: string) {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/hooks/{hook_id}", { params: { path: { hook_id: id } } })),
    onSuccess: useRenewal(),
    meta: { said: () => said },
  });
}
