import createClient, { type Middleware } from "openapi-fetch";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Return Django's token that proves a change comes from our own page; the page itself set the cookie. */
export function csrfToken(cookies: string = document.cookie): string {
  return /(?:^|; )csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "";
}

const proof: Middleware = {
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRFToken", csrfToken());
    return request;
  },
};

/** The API of the server that this page came from, typed by `openapi.json`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });

api.use(proof);
