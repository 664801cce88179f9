// What an AI step would decide for somebody, asked now.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

export type TriedDecision = components["schemas"]["TriedDecisionOut"];

interface Asked {
  readonly step: Record<string, unknown>;
  readonly contact: number;
}

/** Ask what a step would decide for a contact, as it stands in the editor. Nothing is kept and nobody moves. */
export function useTryDecision(sequenceId: number) {
  return useMutation({
    mutationFn: ({ step, contact }: Asked) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/decide", {
          params: { path: { sequence_id: sequenceId } },
          body: { step, contact_id: contact },
        }),
      ),
    meta: { quiet: true },
  });
}
