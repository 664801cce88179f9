import createClient, { type Middleware } from "openapi-fetch";
import { watched } from "./reachable";
import type { components, paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
const SIGNED_OUT = "/signed-out";
/** Pages for people who are not signed in: there a 401 is no surprise. */
const OUTSIDE = /^\/(signed-out|sign-in|welcome|invitation|password)(\/|$)/;

export type Problem = components["schemas"]["Problem"];

/** An answer other than the one asked for. `problem` is missing when nothing answered in our shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem?: Problem,
  ) {
    super(problem?.detail ?? `HTTP ${status}`);
  }
}

const TOO_MANY = 429;
const FAILED = 500;

/**
 * Return what the server has against a request; undefined where it would take the same one later: it was not reached, its
 * database is busy, or it was asked too often.
 */
export function refusalOf(error: unknown): (Problem & { readonly status: number }) | undefined {
  if (!(error instanceof ApiError) || error.problem === undefined) return undefined;
  const isForNow = error.status >= FAILED || error.status === TOO_MANY;
  return isForNow ? undefined : { ...error.problem, status: error.status };
}

/** Return Django's token that proves a change comes from our own page; the page itself set the cookie. */
export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|; )csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "";
}

/** Return a key for a call that contacts people: the server does it once however often it is asked. */
export function idempotencyKey(): string {
  // randomUUID exists in secure contexts alone, and drumbeat may run on a plain address of a local network.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const proof: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
};

const problems: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return response;
    // Signed out while a page was open: every later call would fail as well.
    if (response.status === 401 && !OUTSIDE.test(window.location.pathname)) {
      const { pathname, search } = window.location;
      window.location.replace(`${SIGNED_OUT}?next=${encodeURIComponent(pathname + search)}`);
    }
    throw new ApiError(response.status, problemIn(await response.text()));
  },
};

/** Return the problem that an answer tells, if it is one. */
export function problemIn(text: string): Problem | undefined {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return undefined;
  }
}

/** The API of the server that this page came from, typed by `openapi.json`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  fetch: (request) => watched(fetch(request)), // looked up at each call, so that a test can stand in for the server
});

api.use(proof, problems);

/** Return what a successful call answered; a problem was thrown as ApiError before. */
export async function answer<Data>(call: Promise<{ data?: Data }>): Promise<Data> {
  const { data } = await call;
  return data as Data;
}
