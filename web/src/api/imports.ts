// Importing contacts: upload, look, choose, start, follow.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import { useInfinite } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type ImportPreview = Schemas["ImportPreviewOut"];
export type ImportColumn = Schemas["ImportColumnOut"];
export type Import = Schemas["ImportOut"];
export type ImportChoices = Schemas["ImportChoicesIn"];
export type Foreseen = Schemas["ImportForeseenOut"];

const RUNNING = new Set(["waiting", "running"]);

export function isRunning({ progress }: Import): boolean {
  return RUNNING.has(progress.state);
}

export function useUpload() {
  return useMutation({
    mutationFn: (file: File) =>
      answer(
        api.POST("/api/imports", {
          body: { file: file as unknown as string }, // the schema says binary text, the form sends the file
          bodySerializer: () => {
            const form = new FormData();
            form.set("file", file);
            return form;
          },
        }),
      ),
    meta: { quiet: true },
  });
}

export function useImports() {
  return useInfinite<Import>({
    key: ["imports", "list"],
    read: (cursor) =>
      answer(api.GET("/api/imports", { params: { query: { cursor: cursor ?? "", limit: 20 } } })),
  });
}

/** Follow an import while it runs. */
export function useImport(id: number | undefined) {
  return useQuery({
    queryKey: ["imports", "one", id],
    queryFn: () => answer(api.GET("/api/imports/{import_id}", { params: { path: { import_id: id ?? 0 } } })),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data === undefined || isRunning(state.data) ? 1_000 : false),
  });
}

export function usePreview(id: number | undefined) {
  return useQuery({
    queryKey: ["imports", "preview", id],
    queryFn: () =>
      answer(api.GET("/api/imports/{import_id}/preview", { params: { path: { import_id: id ?? 0 } } })),
    enabled: id !== undefined,
    staleTime: Infinity,
    retry: false,
  });
}

/** What these choices would do; asked anew with each change. */
export function useForeseen(id: number, choices: ImportChoices, enabled: boolean) {
  return useQuery({
    queryKey: ["imports", "check", id, choices],
    queryFn: () =>
      answer(
        api.POST("/api/imports/{import_id}/check", { params: { path: { import_id: id } }, body: choices }),
      ),
    enabled,
    retry: false,
    placeholderData: (before) => before,
  });
}

function useVerb<Variables>(act: (variables: Variables) => Promise<Import>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (told) => {
      client.setQueryData(["imports", "one", told.id], told);
      await client.invalidateQueries({ queryKey: ["imports", "list"] });
      await client.invalidateQueries({ queryKey: contactKeys.all });
    },
  });
}

export function useStartImport(id: number) {
  return useVerb((body: ImportChoices) =>
    answer(api.POST("/api/imports/{import_id}/start", { params: { path: { import_id: id } }, body })),
  );
}

export function useCancelImport() {
  return useVerb((id: number) =>
    answer(api.POST("/api/imports/{import_id}/cancel", { params: { path: { import_id: id } } })),
  );
}

export function refusalsAddress(id: number): string {
  return `/api/imports/${id}/refused.csv`;
}
