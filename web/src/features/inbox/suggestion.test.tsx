import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { AnswerDraft } from "@/api/answerDrafts";
import type { TextWay } from "@/api/texting";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { DRAFT, SMS, THREAD } from "./testing/suggested";

const RIGHTS = ["contacts.view", "contacts.edit", "approvals.view", "approvals.edit"];

interface Said {
  readonly path: string;
  readonly body: unknown;
  readonly key: string | null;
}

interface World {
  readonly rights: readonly string[];
  /** With which code every decision is refused. */
  readonly refused: string;
  readonly ways: readonly TextWay[];
}

/** Open the conversation; what is decided about the draft is noted, and the draft is gone afterwards. */
async function open(
  draft: AnswerDraft | null,
  { rights = RIGHTS, refused = "", ways = [] }: Partial<World> = {},
) {
  const said: Said[] = [];
  const table: Record<string, unknown> = {
    "GET /api/session": { ...SESSION, rights },
    "GET /api/conversations": { items: [], next_cursor: null },
    "GET /api/conversations/counts": { needs_answer: 1, questions: 0, mine: 0, all: 1, unmatched: 0 },
    "GET /api/conversations/11": THREAD,
    "GET /api/conversations/11/texts": ways,
    "GET /api/conversations/11/answer-draft": draft,
    "DELETE /api/outgoing/7": { text: "", subject: "", files: [] },
  };
  const asked = serve(table);
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method !== "POST") {
      if (request.method === "DELETE") table["GET /api/conversations/11/answer-draft"] = draft;
      return served(request);
    }
    const heard = await heardIn(request);
    said.push(heard);
    const { path } = heard;
    if (path.endsWith("/weigh")) return Response.json({ segments: 1 });
    if (refused !== "" && path.includes("answer-drafts")) return refusal(refused);
    const isAnew = path.endsWith("/rewrite");
    table["GET /api/conversations/11/answer-draft"] = isAnew ? { ...draft, status: "wanted" } : null;
    return path.endsWith("/discard") ? new Response(null, { status: 204 }) : Response.json({ id: 7 });
  });
  await draw(<Component />, { address: "/inbox/11", path: "/inbox/:contactId?" });
  const field = await screen.findByRole("textbox", { name: "Message" });
  await waitFor(() => {
    expect(asked).toContain("GET /api/conversations/11/answer-draft");
  });
  return { user: userEvent.setup(), field, said };
}

async function heardIn(request: Request): Promise<Said> {
  const text = await request.clone().text();
  return {
    path: new URL(request.url).pathname,
    body: text === "" ? undefined : JSON.parse(text),
    key: request.headers.get("Idempotency-Key"),
  };
}

function refusal(code: string): Response {
  const problem = { type: "", title: "", status: 409, code, detail: "Look again.", fields: {} };
  return Response.json(problem, { status: 409 });
}

const TITLE = "Scout drafted an answer";
const shown = async () => within(await screen.findByRole("region", { name: TITLE }));
const gone = () =>
  waitFor(() => {
    expect(screen.queryByRole("region", { name: TITLE })).toBeNull();
  });

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

describe("an answer that an agent drafted", () => {
  it("is shown as not sent, and sent as it was read", async () => {
    const { user, said } = await open(DRAFT);
    const suggestion = await shown();
    expect(suggestion.getByText("It depends on the line.")).toBeVisible();
    expect(suggestion.getByText("Not sent")).toBeVisible();
    expect(said).toEqual([]);
    await user.click(suggestion.getByRole("button", { name: "Send" }));
    await screen.findByText("Leaves in 10 seconds");
    await gone();
    expect(said).toMatchObject([
      { path: "/api/answer-drafts/5/send", body: { text_hash: "abc", anyway: false } },
    ]);
    expect(said[0]?.key).toMatch(/^[0-9a-f]{32}$/);
  });

  it("waits again once it was taken back", async () => {
    const { user } = await open(DRAFT);
    await user.click((await shown()).getByRole("button", { name: "Send" }));
    await gone();
    await user.click(await screen.findByRole("button", { name: /Undo/ }));
    expect((await shown()).getByText("It depends on the line.")).toBeVisible();
  });

  it("says what should be looked at, and is sent against a stop only after a second yes", async () => {
    const concern = {
      code: "claim_not_in_facts",
      severity: "stop",
      text: "“300 shops” stands in no fact.",
      excerpt: "300",
    } as const;
    const { user, said } = await open({ ...DRAFT, risk: "stop", concerns: [concern] });
    const suggestion = await shown();
    expect(suggestion.getByText(/stands in no fact/)).toBeVisible();
    await user.click(suggestion.getByRole("button", { name: "Send" }));
    expect(said).toEqual([]);
    await user.click(await screen.findByRole("button", { name: "Send all the same" }));
    await gone();
    expect(said).toMatchObject([{ body: { anyway: true } }]);
  });

  it("stays when it could not be sent, and says why", async () => {
    const { user } = await open(DRAFT, { refused: "answer_changed" });
    const suggestion = await shown();
    await user.click(suggestion.getByRole("button", { name: "Send" }));
    expect(await screen.findByText("Look again.")).toBeVisible();
    expect(suggestion.getByText("It depends on the line.")).toBeVisible();
  });

  it("is changed in the composer, below what stood there, and sent in its place", async () => {
    const { user, field, said } = await open(DRAFT);
    await user.type(field, "Hello Ines,");
    await user.click((await shown()).getByRole("button", { name: "Edit in the composer" }));
    await gone();
    expect(field).toHaveValue("Hello Ines,\n\nIt depends on the line.");
    await user.type(field, " Call me.");
    await user.click(screen.getByRole("button", { name: /^Send/ }));
    await screen.findByText("Leaves in 10 seconds");
    expect(said).toMatchObject([
      {
        path: "/api/answer-drafts/5/send",
        body: { text: "Hello Ines,\n\nIt depends on the line. Call me." },
      },
    ]);
  });

  it("is taken over once, though what was taken back has brought it along", async () => {
    const { user, field } = await open(DRAFT);
    await user.type(field, "It depends on the line.");
    await user.click((await shown()).getByRole("button", { name: "Edit in the composer" }));
    expect(field).toHaveValue("It depends on the line.");
  });

  it("is a message like any, once changed, when it waits no more", async () => {
    const { user, said } = await open(DRAFT, { refused: "answer_not_waiting" });
    await user.click((await shown()).getByRole("button", { name: "Edit in the composer" }));
    await user.click(screen.getByRole("button", { name: /^Send/ }));
    await screen.findByText("Leaves in 10 seconds");
    expect(said.map(({ path }) => path)).toEqual([
      "/api/answer-drafts/5/send",
      "/api/conversations/11/messages",
    ]);
    expect(said[1]?.body).toMatchObject({ text: "It depends on the line." });
  });

  it.each([
    ["as a text, in its place", "Text message", "/api/answer-drafts/5/send"],
    ["by mail after all, as a message like any", "Mail", "/api/conversations/11/messages"],
  ])("to a text is sent %s", async (_, by, path) => {
    const { user, said } = await open({ ...DRAFT, channel: "sms" }, { ways: [SMS] });
    await user.click((await shown()).getByRole("button", { name: "Edit in the composer" }));
    await user.click(await screen.findByText(by));
    await user.click(screen.getByRole("button", { name: /^Send/ }));
    await screen.findByText("Leaves in 10 seconds");
    const sent = said.filter((one) => !one.path.endsWith("/weigh"));
    expect(sent).toMatchObject([{ path, body: { text: DRAFT.text } }]);
  });

  it("is back when the composer is emptied", async () => {
    const { user, field } = await open(DRAFT);
    await user.click((await shown()).getByRole("button", { name: "Edit in the composer" }));
    await gone();
    await user.clear(field);
    expect((await shown()).getByText("It depends on the line.")).toBeVisible();
  });

  it("is written anew with a wish", async () => {
    const { user, said } = await open(DRAFT);
    await user.click((await shown()).getByRole("button", { name: "Write anew…" }));
    await user.type(await screen.findByRole("textbox", { name: "What should be different?" }), "shorter");
    await user.click(screen.getByRole("button", { name: "Write anew" }));
    expect(await screen.findByText("Scout is writing an answer…")).toBeVisible();
    expect(said).toMatchObject([{ path: "/api/answer-drafts/5/rewrite", body: { note: "shorter" } }]);
  });

  it("is thrown away after a question, because it cannot be brought back", async () => {
    const { user, said } = await open(DRAFT);
    await user.click((await shown()).getByRole("button", { name: "Throw away" }));
    expect(said).toEqual([]);
    const question = within(await screen.findByRole("dialog"));
    await user.click(question.getByRole("button", { name: "Throw away" }));
    await gone();
    expect(said).toMatchObject([{ path: "/api/answer-drafts/5/discard" }]);
  });

  it("is only read by who may not decide", async () => {
    await open(DRAFT, { rights: ["contacts.view", "contacts.edit"] });
    const suggestion = await shown();
    expect(suggestion.queryByRole("button", { name: "Send" })).toBeNull();
    expect(suggestion.getByRole("button", { name: "Edit in the composer" })).toBeVisible();
  });

  it("says why it was not written anew", async () => {
    await open({ ...DRAFT, because: "cost_cap" });
    expect((await shown()).getByText(/cost as much today as it may/)).toBeVisible();
  });
});

describe("an answer that is not there", () => {
  it("is being written by somebody", async () => {
    await open({ ...DRAFT, status: "wanted", text: "", agent: null });
    expect(await screen.findByText("An agent is writing an answer…")).toBeVisible();
  });

  it.each([
    ["draft_cap", "", /as many drafts today as it may/],
    ["model_fault", "HTTP 503 of the model", /no text that can be used. HTTP 503/],
    ["own_fault", "KeyError: pigeon", /the model is not at fault. KeyError/],
  ])("is held: %s", async (because, fault, words) => {
    await open({ ...DRAFT, status: "wanted", text: "", because, fault });
    expect(await screen.findByText("Scout has not written an answer yet")).toBeVisible();
    expect(screen.getByText(words)).toBeVisible();
  });

  it("is not spoken of where there is none", async () => {
    await open(null);
    expect(screen.queryByText(/answer…|drafted an answer|has not written/)).toBeNull();
  });
});
