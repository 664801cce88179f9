import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import type { Approval } from "@/api/approvals";
import { Component } from "./page";
import { detailOf, GAP, INES, KOFI } from "./testing/drafts";

let asked: string[] = [];
let bodies: Record<string, unknown>[] = [];

function waiting(rows: readonly Approval[], more: Readonly<Record<string, unknown>> = {}) {
  asked = serve({
    "GET /api/session": { ...SESSION, rights: ["approvals.view", "approvals.edit"] },
    "GET /api/approvals": { items: rows, next_cursor: null },
    "GET /api/approvals/counts": { waiting: rows.length, writing: 0, oldest_at: null, sequences: [] },
    ...Object.fromEntries(rows.map((row) => [`GET /api/approvals/${row.id}`, detailOf(row)])),
    "POST /api/approvals/1/approve": done(1),
    "POST /api/approvals/2/approve": done(2),
    "POST /api/approvals/1/check": [],
    "POST /api/approvals/approve": { answers: [done(1), done(2)], counts: { done: 2 } },
    "POST /api/approvals/reject": { answers: [done(1)], counts: { done: 1 } },
    "POST /api/approvals/undo": { answers: [done(1)], counts: { done: 1 } },
    ...more,
  });
  bodies = [];
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") bodies.push((await request.clone().json()) as Record<string, unknown>);
    return served(request);
  });
}

function done(id: number) {
  const until = new Date(Date.now() + 10_000).toISOString();
  return { id, code: "done", detail: "", status: "scheduled", undo_until: until };
}

async function open() {
  const user = userEvent.setup();
  const { router } = await draw(<Component />, { address: "/approvals", path: "/approvals" });
  await screen.findByText("Time lost at shift change");
  return { user, router };
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  const narrow = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(narrow(query), { matches: true }),
  );
  waiting([INES, KOFI]);
});

describe("a draft that waits", () => {
  it("is shown with what is doubtful where it stands, and what was said before", async () => {
    await open();
    const marked = screen.getByText("a second line in Porto");
    expect(marked.tagName).toBe("MARK");
    expect(screen.getByText("A claim is not in the facts")).toBeVisible();
    expect(screen.getByText("No banned words")).toBeVisible();
    expect(screen.getByText("Still on paper")).toBeVisible();
  });

  it("says what has changed since it was written", async () => {
    waiting([INES], { "GET /api/approvals/1": { ...detailOf(INES), outdated: ["agent", "step"] } });
    await open();
    expect(await screen.findByText(/^Changed since then: the agent and the step\./)).toBeVisible();
  });

  it("is approved by a key, stays in view, and is taken back by another", async () => {
    const { user, router } = await open();
    await user.keyboard("a");
    expect(await screen.findByText("Approved for Ines Moreau.")).toBeVisible();
    expect(router.state.location.search).toBe("?open=1");
    await user.keyboard("u");
    expect(await screen.findByText("The draft waits again.")).toBeVisible();
    expect(bodies.at(-1)).toEqual({ ids: [1] });
  });

  it("is approved and left for the next", async () => {
    const { user, router } = await open();
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("Approved for Ines Moreau.")).toBeVisible();
    expect(router.state.location.search).toBe("?open=2");
  });

  it("is changed and approved in one", async () => {
    const { user } = await open();
    await user.keyboard("e");
    const field = await screen.findByRole("textbox", { name: "Text" });
    await user.clear(field);
    await user.type(field, "Hello Ines{Control>}{Enter}{/Control}");
    await screen.findByText("Approved for Ines Moreau.");
    expect(bodies).toContainEqual({ anyway: false, subject: "", text: "Hello Ines", text_hash: "of Ines" });
  });

  it("keeps what was typed while one looks at another", async () => {
    const { user } = await open();
    await user.keyboard("e");
    await user.type(await screen.findByRole("textbox", { name: "Text" }), "!!");
    await user.keyboard("{Escape}");
    await user.keyboard("j");
    await screen.findByRole("region", { name: "Kofi Mensah" });
    await user.keyboard("k");
    const field = await screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Text" });
    expect(field.value).toMatch(/!!$/);
  });

  it("is rejected only after one said what becomes of the person", async () => {
    const { user } = await open();
    await user.keyboard("r");
    const dialog = await screen.findByRole("dialog", { name: "Reject the draft for Ines Moreau?" });
    await user.click(within(dialog).getByRole("radio", { name: /Stop the sequence/ }));
    await user.click(within(dialog).getByRole("button", { name: "Reject and stop" }));
    expect(await screen.findByText("The sequence of 1 person ends.")).toBeVisible();
    expect(bodies.at(-1)).toEqual({ ids: [1], then: "stop" });
  });

  it("is written anew with a wish", async () => {
    waiting([INES], {
      "POST /api/approvals/1/regenerate": detailOf({ ...INES, status: "drafting" }),
    });
    const { user } = await open();
    await user.keyboard("n");
    await user.type(await screen.findByRole("textbox", { name: "What should be different?" }), "Shorter");
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("The agent is writing. This takes a few seconds.")).toBeVisible();
    expect(bodies.at(-1)).toEqual({ note: "Shorter" });
  });
});

it("asks back before what should not go out does", async () => {
  waiting([INES]);
  const served = globalThis.fetch;
  let wasAsked = false;
  vi.stubGlobal("fetch", (request: Request) => {
    if (!request.url.endsWith("/approve") || wasAsked) return served(request);
    wasAsked = true;
    const problem = {
      type: "",
      title: "",
      status: 409,
      code: "draft_concerns",
      detail: GAP.text,
      fields: {},
    };
    return Promise.resolve(Response.json(problem, { status: 409 }));
  });
  const { user } = await open();
  await user.keyboard("a");
  const dialog = await screen.findByRole("dialog", { name: "Send it to Ines Moreau all the same?" });
  expect(within(dialog).getByText(GAP.text)).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Approve all the same" }));
  await screen.findByText("Approved for Ines Moreau.");
  expect(bodies).toContainEqual({ anyway: true, text_hash: "of Ines" });
});

it("leaves what somebody else changed meanwhile, says so, and keeps what was typed", async () => {
  waiting([INES]);
  const served = globalThis.fetch;
  const detail = "The text has changed meanwhile; look again.";
  vi.stubGlobal("fetch", (request: Request) => {
    if (!request.url.endsWith("/approve")) return served(request);
    const problem = { type: "", title: "", status: 409, code: "draft_changed", detail, fields: {} };
    return Promise.resolve(Response.json(problem, { status: 409 }));
  });
  const { user } = await open();
  await user.keyboard("e");
  await user.type(await screen.findByRole("textbox", { name: "Text" }), "!!{Control>}{Enter}{/Control}");
  expect(await screen.findByText(detail)).toBeVisible();
  expect(screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Text" }).value).toMatch(/!!$/);
});

it("approves all that are chosen, and says how many", async () => {
  const { user } = await open();
  await user.keyboard("xjx");
  expect(screen.getByRole("button", { name: "Approve 2" })).toBeVisible();
  await user.keyboard("a");
  expect(await screen.findByText("2 drafts approved.")).toBeVisible();
  expect(bodies).toContainEqual({
    anyway: false,
    ids: [1, 2],
    text_hashes: { 1: "of Ines", 2: "of Kofi" },
  });
  expect(asked.filter((call) => call.endsWith("/approve"))).toEqual(["POST /api/approvals/approve"]);
});

it("shows what a person changed in the agent's words", async () => {
  const row = { ...INES, is_edited: true };
  const difference = [
    { kind: "same", text: "Would " },
    { kind: "removed", text: "a call" },
    { kind: "added", text: "Thursday" },
  ] as const;
  waiting([row], { "GET /api/approvals/1": detailOf(row, { difference: [...difference] }) });
  await open();
  expect(screen.getByText("a call").tagName).toBe("DEL");
  expect(screen.getByText("Thursday").tagName).toBe("INS");
});

it("lets those who may not decide read", async () => {
  waiting([INES], { "GET /api/session": { ...SESSION, rights: ["approvals.view"] } });
  const { user } = await open();
  expect(await screen.findByText(/may read drafts/)).toBeVisible();
  await user.keyboard("a");
  expect(asked).not.toContain("POST /api/approvals/1/approve");
});

it("teaches what lands here while nothing waits", async () => {
  waiting([]);
  await draw(<Component />, { address: "/approvals", path: "/approvals" });
  expect(await screen.findByText("No draft waits")).toBeVisible();
  expect(screen.getByRole("link", { name: "See the agents" })).toHaveAttribute("href", "/settings/agents");
});

it("leaves the field before it leaves the draft", async () => {
  const { user, router } = await open();
  await user.keyboard("j");
  await waitFor(() => {
    expect(router.state.location.search).toBe("?open=2");
  });
  await user.keyboard("{Escape}");
  expect(router.state.location.search).toBe("");
});
