// A webhook step called once as a test.
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { components } from "./schema";

export type TriedCall = components["schemas"]["TriedCallOut"];

/** Call what a webhook step calls, as it stands in the editor; nobody moves. */
export function useTryCall(sequenceId: number) {
  return useMutation({
    mutationFn: (body: components["schemas"]["TryCallIn"]) =>
      answer(
        api.POST("/api/sequences/{sequence_id}/test-call", {
          params: { path: { sequence_id: sequenceId } },
          body,
        }),
      ),
    meta: { quiet: true },
  });
}
