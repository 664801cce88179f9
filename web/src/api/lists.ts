// Hand-made lists.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

export type ContactList = components["schemas"]["ListOut"];

const KEYS = [["lists"]] as const;

export function useLists() {
  return useInfinite<ContactList>({
    key: ["lists", "list"],
    read: (cursor) =>
      answer(api.GET("/api/lists", { params: { query: { cursor: cursor ?? "", limit: 200 } } })),
  });
}

export function useList(id: number) {
  return useQuery({
    queryKey: ["lists", "one", id],
    queryFn: () => answer(api.GET("/api/lists/{list_id}", { params: { path: { list_id: id } } })),
    retry: false,
  });
}

export function useCreateList() {
  return useOptimistic({
    act: (name: string) => answer(api.POST("/api/lists", { body: { name } })),
    keys: KEYS,
    refresh: [contactKeys.all],
    quiet: true,
  });
}

export function useRenameList(id: number, { said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (name: string) =>
      answer(api.PATCH("/api/lists/{list_id}", { params: { path: { list_id: id } }, body: { name } })),
    keys: KEYS,
    refresh: [contactKeys.all],
    said,
  });
}

export function useDeleteList({ said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/lists/{list_id}", { params: { path: { list_id: id } } })),
    keys: KEYS,
    refresh: [contactKeys.all],
    said,
  });
}
