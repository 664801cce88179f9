// What guards and carries a sequence on: its password, templates made of it, moving people to a version.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api, idempotencyKey } from "./client";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type MovePreview = Schemas["MovePreviewOut"];
export type MovePart = Schemas["MovePartOut"];
export type MovePerson = Schemas["MovePersonOut"];
export type StepMap = Readonly<Record<string, string>>;

const SEQUENCES = ["sequences"] as const;
const SHOWN_BY_ITS_DIALOG = { quiet: true };
const FEW = 20;

function useRefresh() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: SEQUENCES });
}

/** Open a guarded sequence for this session. */
export function useUnlock(id: number) {
  return useMutation({
    mutationFn: (password: string) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/unlock", {
          params: { path: { sequence_id: id } },
          body: { password },
        }),
      ),
    onSuccess: useRefresh(),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export interface PasswordChange {
  /** null takes it away. */
  readonly password: string | null;
  readonly old: string;
  /** Without the old one; admins alone may. */
  readonly reset: boolean;
}

export function useSetPassword(id: number) {
  return useMutation({
    mutationFn: (body: PasswordChange) =>
      answer(
        api.PUT("/api/sequences/{sequence_id}/password", { params: { path: { sequence_id: id } }, body }),
      ),
    onSuccess: useRefresh(),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

/** Keep the working copy and the settings as a template of the workspace. */
export function useSaveTemplate() {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; name: string; description: string }) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/template", { params: { path: { sequence_id: id } }, body }),
      ),
    onSuccess: useRefresh(),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function useChangeTemplate() {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; name: string; description: string }) =>
      answer(api.PATCH("/api/templates/{template_id}", { params: { path: { template_id: id } }, body })),
    onSuccess: useRefresh(),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

export function useDeleteTemplate() {
  return useMutation({
    mutationFn: (id: number) =>
      answer(api.DELETE("/api/templates/{template_id}", { params: { path: { template_id: id } } })),
    onSuccess: useRefresh(),
  });
}

export function useChangeTags() {
  return useMutation({
    mutationFn: ({ id, tags }: { id: number; tags: string[] }) =>
      answer(
        api.PATCH("/api/sequences/{sequence_id}", { params: { path: { sequence_id: id } }, body: { tags } }),
      ),
    onSuccess: useRefresh(),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

const at = (id: number, number: number) => ({ path: { sequence_id: id, number } });

/** What moving everybody to a version would do now, by step. */
export function useMovePreview(id: number, number: number, steps: StepMap) {
  return useQuery({
    queryKey: [...SEQUENCES, id, "move", number, steps],
    queryFn: () =>
      answer(
        api.POST("/api/sequences/{sequence_id}/versions/{number}/move-preview", {
          params: at(id, number),
          body: { steps },
        }),
      ),
    placeholderData: (before) => before,
    retry: false,
  });
}

/** The first few who would move, each with the date now and then. */
export function useMovePeople(id: number, number: number, steps: StepMap, enabled: boolean) {
  return useQuery({
    queryKey: [...SEQUENCES, id, "move-people", number, steps],
    queryFn: () =>
      answer(
        api.POST("/api/sequences/{sequence_id}/versions/{number}/move-preview/people", {
          params: { ...at(id, number), query: { limit: FEW } },
          body: { steps },
        }),
      ),
    enabled,
    placeholderData: (before) => before,
    retry: false,
  });
}

export function useStartMove(id: number, number: number) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (steps: StepMap) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/versions/{number}/moves", {
          params: { ...at(id, number), header: { "Idempotency-Key": idempotencyKey() } },
          body: { steps },
        }),
      ),
    // How far it is is shown at once, whatever else is fetched anew.
    onSuccess: () => {
      void refresh();
    },
    meta: SHOWN_BY_ITS_DIALOG,
  });
}

/** Call off what is left of a move. */
export function useCancelMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (job: number) =>
      answer(api.POST("/api/jobs/{job_id}/cancel", { params: { path: { job_id: job } } })),
    onSuccess: (_, job) => client.invalidateQueries({ queryKey: ["jobs", job] }),
    meta: SHOWN_BY_ITS_DIALOG,
  });
}
