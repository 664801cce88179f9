// One person and their data: who may be the same, merging two, erasing, handing out all that is kept.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Duplicate = Schemas["DuplicateOut"];
export type MergePreview = Schemas["MergePreviewOut"];
export type MergedField = Schemas["MergedFieldOut"];
export type Chosen = NonNullable<Schemas["MergeIn"]["choose"]>;

const at = (id: number) => ({ path: { contact_id: id } });

/** Who may be the same person, the surest first. */
export function useDuplicates(id: number) {
  return useQuery({
    queryKey: [...contactKeys.one(id), "duplicates"],
    queryFn: () => answer(api.GET("/api/contacts/{contact_id}/duplicates", { params: at(id) })),
  });
}

/** Whom a few typed letters find. */
export function useFound(q: string) {
  return useQuery({
    queryKey: ["contacts", "found", q],
    queryFn: () =>
      answer(api.GET("/api/contacts", { params: { query: { q, enrolled: "", limit: 10, cursor: "" } } })),
    enabled: q.trim().length > 1,
    select: ({ items }) => items,
    placeholderData: (before) => before,
  });
}

/** What merging the other into this one would do. */
export function useMergePreview(id: number, other: number | undefined) {
  return useQuery({
    queryKey: [...contactKeys.one(id), "merge", other],
    queryFn: () =>
      answer(
        api.GET("/api/contacts/{contact_id}/merge-preview", {
          params: { ...at(id), query: { with: other ?? 0 } },
        }),
      ),
    enabled: other !== undefined,
    retry: false,
    meta: { quiet: true },
  });
}

function useRenewal() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [contactKeys.all, ["enrollments"], ["sequences"], ["inbox"]].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}

export function useMerge(id: number, said: string) {
  return useMutation({
    mutationFn: ({ other, choose }: { readonly other: number; readonly choose: Chosen }) =>
      answer(
        api.POST("/api/contacts/{contact_id}/merge", { params: at(id), body: { other_id: other, choose } }),
      ),
    onSuccess: useRenewal(),
    meta: { quiet: true, said: () => said },
  });
}

/** Erase everything about a person; the address is typed as the proof that it is meant. */
export function useErase(id: number, said: string) {
  return useMutation({
    mutationFn: (body: { readonly confirmation: string; readonly suppress: boolean }) =>
      answer(api.POST("/api/contacts/{contact_id}/erase", { params: at(id), body })),
    meta: { quiet: true, said: () => said },
  });
}

export function dataAddress(id: number): string {
  return `/api/contacts/${id}/data`;
}
