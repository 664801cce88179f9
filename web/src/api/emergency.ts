import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "./client";

/** Let messages leave the workspace again; everything shown may have changed by it. */
export function useLiftStop() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.DELETE("/api/emergency-stop")),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Let nothing leave the workspace from now on. */
export function useStopAll() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/emergency-stop")),
    onSuccess: () => client.invalidateQueries(),
  });
}
