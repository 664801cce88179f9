// Filters of a room under a name: one's own, or shared with the workspace.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { useOptimistic } from "./query";
import type { components } from "./schema";

export type View = components["schemas"]["ViewOut"];

export function useViews(room: string) {
  return useQuery({
    queryKey: ["views", room],
    queryFn: async () =>
      (await answer(api.GET("/api/views", { params: { query: { room, limit: 100 } } }))).items,
  });
}

interface NewView {
  readonly name: string;
  readonly query: string;
  readonly shared: boolean;
}

export function useSaveView(room: string, { said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (body: NewView) => answer(api.POST("/api/views", { body: { room, ...body } })),
    keys: [["views", room]],
    said,
  });
}

export function useRemoveView(room: string) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/views/{view_id}", { params: { path: { view_id: id } } })),
    keys: [["views", room]],
    change: (cached: readonly View[], id) => cached.filter((view) => view.id !== id),
  });
}
