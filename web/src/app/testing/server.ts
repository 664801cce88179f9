// A server that answers from a table, for tests of whole pages.
import { vi } from "vitest";

type Answers = Readonly<Record<string, unknown>>;

/** Answer each `METHOD /path` from the table (undefined: 204), everything else with 404; return what was asked. */
export function serve(answers: Answers): string[] {
  const asked: string[] = [];
  vi.stubGlobal(
    "fetch",
    vi.fn((request: Request) => {
      const key = `${request.method} ${new URL(request.url).pathname}`;
      asked.push(key);
      if (!(key in answers)) return Promise.resolve(notFound());
      const body = answers[key];
      return Promise.resolve(body === undefined ? new Response(null, { status: 204 }) : Response.json(body));
    }),
  );
  return asked;
}

function notFound(): Response {
  const problem = { type: "", title: "", status: 404, code: "not_found", detail: "", fields: {} };
  return Response.json(problem, { status: 404 });
}
