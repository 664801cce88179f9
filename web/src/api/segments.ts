// Segments: conditions with a name. Who is in one is asked anew each time.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import { contactKeys } from "./contacts";
import { useInfinite, useOptimistic } from "./query";
import type { components } from "./schema";

type Schemas = components["schemas"];
/** Its condition as plain JSON; `flow/condition` says what is in it. */
export type Segment = Schemas["SegmentOut"];
export type SegmentCount = Schemas["SegmentCountOut"];

export interface SegmentChange {
  readonly name?: string;
  readonly condition?: Segment["condition"];
}

const KEYS = [["segments"]] as const;
const MOST = 200;

export function useSegments() {
  return useInfinite<Segment>({
    key: ["segments", "list"],
    read: (cursor) =>
      answer(api.GET("/api/segments", { params: { query: { cursor: cursor ?? "", limit: MOST } } })),
  });
}

export function useSegment(id: number) {
  return useQuery({
    queryKey: ["segments", "one", id],
    queryFn: () => answer(api.GET("/api/segments/{segment_id}", { params: at(id) })),
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
    act: (body: Required<SegmentChange>) => answer(api.POST("/api/segments", { body })),
    keys: KEYS,
    quiet: true,
  });
}

/** Rename it, or ask something else; `undo` takes back what was before. */
export function useChangeSegment(segment: Segment, { said }: { readonly said: () => string }) {
  const put = (body: SegmentChange) =>
    answer(api.PATCH("/api/segments/{segment_id}", { params: at(segment.id), body }));
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
