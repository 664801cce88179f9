import { useQuery } from "@tanstack/react-query";
import { answer, api, csrfToken } from "./client";
import type { EmergencyStop, Session } from "./types";

const FIVE_MINUTES = 300_000;
const MINUTE = 60_000;
const SIGN_IN = "/sign-in";

export interface WorkspaceName {
  readonly id: number;
  readonly name: string;
}

/** What the session will say as well: optional until the server does. */
interface SessionToCome {
  readonly workspaces?: readonly WorkspaceName[];
  readonly stop?: EmergencyStop | null;
}

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

/** Return the workspaces that this person may enter; the one at hand alone where the server names no other. */
export function workspacesOf(session: (Session & SessionToCome) | undefined): readonly WorkspaceName[] {
  return session?.workspaces ?? (session === undefined ? [] : [session.workspace]);
}

/** Return the emergency stop that is in force. */
export function stopOf(session: (Session & SessionToCome) | undefined): EmergencyStop | undefined {
  return session?.stop ?? undefined;
}

/** Work in another workspace from now on: everything shown belongs to the one before, so the page starts anew. */
export async function chooseWorkspace(id: number): Promise<void> {
  await change("POST", "/api/session/workspace", { workspace_id: id });
  window.location.assign("/");
}

/** End the session of this browser. */
export async function signOut(): Promise<void> {
  await change("DELETE", "/_allauth/browser/v1/auth/session");
  window.location.assign(SIGN_IN);
}

/** A call that `openapi.json` does not describe. */
async function change(method: string, path: string, body?: object): Promise<void> {
  await fetch(path, {
    method,
    headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
  });
}
