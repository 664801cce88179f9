// Who else has a sequence open.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";
import { sequenceKey } from "./sequences";

export type Presence = components["schemas"]["PresenceOut"];
export type OtherHere = Presence["others"][number];

const EVERY = 5_000;

/** Say that we look at a sequence, at this step or at none, and learn who else does; while the page is visible. */
export function usePresence(id: number, step: string | undefined) {
  return useQuery({
    queryKey: [...sequenceKey(id), "presence", step],
    queryFn: () =>
      answer(
        api.PUT("/api/sequences/{sequence_id}/presence", {
          params: { path: { sequence_id: id } },
          body: { step: step ?? null },
        }),
      ),
    refetchInterval: EVERY,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
}
