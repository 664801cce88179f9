import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, answer, api, csrfToken } from "./client";
import type { EmergencyStop, Session } from "./types";

const FIVE_MINUTES = 300_000;
const MINUTE = 60_000;
const SIGN_IN = "/sign-in";
const ALLAUTH = "/_allauth/browser/v1";

export interface WorkspaceName {
  readonly id: number;
  readonly name: string;
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

/** Tell whether this session may do it: "contacts.edit". Nothing before it is known. */
export function may(session: Session | undefined, right: string): boolean {
  return session?.rights.includes(right) ?? false;
}

/** `may` for the session at hand. */
export function useMay(): (right: string) => boolean {
  const { data: session } = useSession();
  return (right) => may(session, right);
}

/** Return the emergency stop that is in force. */
export function stopOf(session: Session | undefined): EmergencyStop | undefined {
  return session?.stop ?? undefined;
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

/** Change the own name, or the number that calls are put through to. */
export function useChangeOwnself() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { readonly name?: string; readonly phone?: string }) =>
      answer(api.PATCH("/api/session", { body })),
    onSuccess: (session) => {
      client.setQueryData(["session"], session);
      return client.invalidateQueries({ queryKey: ["members"] });
    },
  });
}

/** Have the cookie that every change needs: the built page brings it, other ways in may not. */
export async function prepare(): Promise<void> {
  if (csrfToken() === "") await answer(api.GET("/api/join"));
}

/** What became of a password: "weak" comes with the server's sentence. */
export type Tried =
  { readonly result: "done" | "wrong" | "throttled" } | { readonly result: "weak"; readonly why: string };

interface AllauthError {
  readonly code: string;
  readonly message: string;
  readonly param?: string;
}

/** Sign in. An unknown address and a wrong password answer alike. */
export async function signIn(email: string, password: string): Promise<Tried> {
  await prepare();
  const { status, errors } = await allauth("/auth/login", { email, password });
  // 409: somebody is signed in here already.
  if (status === 200 || status === 409) return { result: "done" };
  const isThrottled = status === 429 || errors.some((error) => error.code === "too_many_login_attempts");
  return { result: isThrottled ? "throttled" : "wrong" };
}

/** Change the own password: all other sessions end. Who has none yet leaves `current` empty. */
export async function changePassword(current: string, next: string): Promise<Tried> {
  const body = { new_password: next, ...(current === "" ? {} : { current_password: current }) };
  const { status, errors } = await allauth("/account/password/change", body);
  if (status === 200) return { result: "done" };
  if (status === 429) return { result: "throttled" };
  const weak = errors.filter((error) => error.param === "new_password");
  return weak.length > 0
    ? { result: "weak", why: weak.map((error) => error.message).join(" ") }
    : { result: "wrong" };
}

/** A call that `openapi.json` does not describe: signing in is allauth's. */
async function allauth(path: string, body: object): Promise<{ status: number; errors: AllauthError[] }> {
  const response = await fetch(ALLAUTH + path, {
    method: "POST",
    headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.status >= 500) throw new ApiError(response.status);
  const told = (await response.json().catch(() => ({}))) as { errors?: AllauthError[] };
  return { status: response.status, errors: told.errors ?? [] };
}

/** Return where to go after signing in: a page of ours, never another site. */
export function destination(search: string, origin = window.location.origin): string {
  const asked = new URLSearchParams(search).get("next") ?? "/";
  const url = new URL(asked, origin);
  return url.origin === origin && asked.startsWith("/") ? url.pathname + url.search : "/";
}
