// Segments: conditions with a name. Who is in one is asked anew each time.
import { useQuery } from "@tanstack/react-query";
import type { Condition } from "@/flow/condition";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
export type Segment = Omit<Schemas["SegmentOut"], "condition"> & { readonly condition: Condition };
export type SegmentCount = Schemas["SegmentCountOut"];

export interface SegmentChange {
  readonly name?: string;
  readonly condition?: Condition;
}

const KEYS = [["segments"]] as const;
const MOST = 200;

export function useSegments() {
  return useInfinite<Segment>({
    key: ["segments", "list"],
    read: async (cursor) => {
      const params = { query: { cursor: cursor ?? "", limit: MOST } };
      const page = await answer(api.GET("/api/segments", { params }));
      return { ...page, items: page.items.map(read) };
    },
  });
}

export function useSegment(id: number) {
  return useQuery({
    queryKey: ["segments", "one", id],
    queryFn: async () => read(await answer(api.GET("/api/segments/{segment_id}", { params: at(id) }))),
    retry: false,
  });
}

/** How many are in it now, counted up to ten thousand. */
export function useSegmentCount(id: number) {
  return useQuery({
    queryKey: ["segments", "count", id],
    queryFn: () => answer(api.GET("/api/segments/{segment_id}/count", { params: at(id) })),
    staleTime: 30_000,
    meta: { quiet: true },
  });
}

export function useCreateSegment() {
  return useOptimistic({
    act: async ({ name, condition }: Required<SegmentChange>) =>
      read(await answer(api.POST("/api/segments", { body: { name, condition: { ...condition } } }))),
    keys: KEYS,
    quiet: true,
  });
}

/** Rename it, or ask something else; `undo` takes back what was before. */
export function useChangeSegment(segment: Segment, { said }: { readonly said: () => string }) {
  const put = ({ name, condition }: SegmentChange) =>
    answer(
      api.PATCH("/api/segments/{segment_id}", {
        params: at(segment.id),
        body: { ...(name !== undefined && { name }), ...(condition && { condition: { ...condition } }) },
      }),
    );
  return useOptimistic({
    act: ({ changed }: ChangeAsked) => put(changed),
    keys: KEYS,
    refresh: [contactKeys.all],
    said,
    undo: ({ before }) => put(before),
    quiet: true,
  });
}

interface ChangeAsked {
  readonly changed: SegmentChange;
  readonly before: SegmentChange;
}

export function useDeleteSegment({ said }: { readonly said: () => string }) {
  return useOptimistic({
    act: (id: number) => answer(api.DELETE("/api/segments/{segment_id}", { params: at(id) })),
    keys: KEYS,
    refresh: [contactKeys.all],
    said,
  });
}

function at(id: number) {
  return { path: { segment_id: id } };
}

/** The server checked the condition when it was saved. */
function read(segment: Schemas["SegmentOut"]): Segment {
  return { ...segment, condition: segment.condition as Condition };
}
