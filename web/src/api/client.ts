import createClient from "openapi-fetch";
import type { paths } from "./schema";

/** The API of the server that this page came from, typed by `openapi.json`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });
