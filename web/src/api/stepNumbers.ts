// What came of each step of a sequence that runs.
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

export type StepNumbers = components["schemas"]["StepNumbersOut"];

const LIVE = 15_000;

/** The steps at which somebody stands or something happened; nothing is asked for a draft. */
export function useStepNumbers(sequenceId: number, enabled: boolean) {
  return useQuery({
    queryKey: ["sequences", sequenceId, "step-numbers"],
    queryFn: () =>
      answer(
        api.GET("/api/sequences/{sequence_id}/step-numbers", {
          params: { path: { sequence_id: sequenceId } },
        }),
      ),
    refetchInterval: LIVE,
    enabled,
  });
}
