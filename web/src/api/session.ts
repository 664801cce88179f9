import { useQuery } from "@tanstack/react-query";
import { answer, api } from "./client";
import type { Session } from "./types";

const FIVE_MINUTES = 300_000;
const MINUTE = 60_000;
const SIGN_IN = "/sign-in";

/** Who is signed in, and where. Signed out, the client leaves for the page that says how to get in. */
export function useSession() {
  return useQuery({
    queryKey: ["session"],
    queryFn: () => answer(api.GET("/api/session")),
    staleTime: FIVE_MINUTES,
    // Others may have stopped everything meanwhile.
    refetchInterval: MINUTE,
    retry: false,
  });
}

/** Tell whether I may do that: "contacts.edit". What I may not is not offered. */
export function may(session: Session | undefined, right: string): boolean {
  return session?.rights.includes(right) ?? false;
}

/** The same where no session is at hand. */
export function useMay(right: string): boolean {
  return may(useSession().data, right);
}

/** Work in another workspace from now on: everything shown belongs to the one before, so the page starts anew. */
export async function chooseWorkspace(id: number): Promise<void> {
  await answer(api.PUT("/api/session/workspace", { body: { workspace_id: id } }));
  window.location.assign("/");
}

/** End the session of this browser. */
export async function signOut(): Promise<void> {
  await answer(api.DELETE("/api/session"));
  window.location.assign(SIGN_IN);
}
