import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";

const FIVE_MINUTES = 300_000;

/** Who is signed in, and where. Signed out, the client leaves for the page that says how to get in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: () => answer(api.GET("/api/session")),
    staleTime: FIVE_MINUTES,
    retry: false,
  });
}
