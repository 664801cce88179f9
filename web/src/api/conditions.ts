// Conditions: who matches one now.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

export type Matches = components["schemas"]["ConditionMatchesOut"];

/** How many contacts a condition holds for now, and a few of them; with problems the count is null. */
export function useMatches(condition: Record<string, unknown>, enabled: boolean) {
  return useQuery({
    queryKey: ["conditions", "matches", condition],
    queryFn: () => answer(api.POST("/api/conditions/matches", { body: { condition } })),
    enabled,
    placeholderData: (before) => before,
    staleTime: 10_000,
    gcTime: 60_000,
    retry: false,
    meta: { quiet: true },
  });
}
