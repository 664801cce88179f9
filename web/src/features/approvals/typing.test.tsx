import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Approval } from "@/api/approvals";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { detailOf, INES, KOFI } from "./testing/drafts";

/** What was asked to leave: the path of each call with its body. */
let sent: Record<string, unknown>[] = [];

function serving(rows: readonly Approval[], text?: string): void {
  const more = text === undefined ? {} : { text };
  serve({
    "GET /api/session": { ...SESSION, rights: ["approvals.view", "approvals.edit"] },
    "GET /api/approvals": { items: rows, next_cursor: null },
    "GET /api/approvals/counts": { waiting: rows.length, writing: 0, oldest_at: null, sequences: [] },
    ...Object.fromEntries(rows.map((row) => [`GET /api/approvals/${row.id}`, detailOf(row, more)])),
  });
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (!request.url.endsWith("/approve")) return served(request);
    const body = (await request.clone().json()) as Record<string, unknown>;
    sent.push(body);
    const done = { id: 1, code: "done", detail: "", status: "scheduled", undo_until: null };
    return Response.json("ids" in body ? { answers: [done], counts: { done: 1 } } : done);
  });
}

/** Open the room and type at the end of what the first draft says. */
async function type(words: string) {
  const user = userEvent.setup();
  const drawn = await draw(<Component />, { address: "/approvals", path: "/approvals" });
  await screen.findByRole("region", { name: "Ines Moreau" });
  await user.keyboard("e");
  await user.type(await screen.findByRole("textbox", { name: "Text" }), `${words}{Escape}`);
  return { user, ...drawn };
}

const field = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Text" });

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  sent = [];
  const narrow = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(narrow(query), { matches: true }),
  );
});

it("lets none of many leave without the words that are typed for it", async () => {
  serving([INES, KOFI]);
  const { user } = await type("!!");
  await user.keyboard("xjxa");
  expect(await screen.findByText(/^1 is left: keep or discard your own words/)).toBeVisible();
  await waitFor(() => {
    expect(sent).toEqual([{ anyway: false, ids: [2], text_hashes: { 2: "of Kofi" } }]);
  });
});

it("shows what a draft says by now to whoever typed before, and lets them go on with theirs", async () => {
  serving([INES]);
  const { unmount } = await type("!!");
  unmount();
  serving([{ ...INES, text_hash: "anew" }], "The agent wrote this since.");
  const { user } = await reopened();
  expect((await field()).value).toMatch(/!!$/);
  expect(screen.getByText("The agent wrote this since.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Go on with mine" }));
  expect(screen.queryByText("The agent wrote this since.")).toBeNull();
  await user.click(screen.getByRole("button", { name: /^Approve as edited/ }));
  await waitFor(() => {
    expect(sent).toMatchObject([{ text: expect.stringMatching(/!!$/) as string, text_hash: "anew" }]);
  });
});

it("shows a draft that waits no more as it left, whatever was typed for it", async () => {
  serving([INES]);
  const { unmount } = await type("!!");
  unmount();
  serving([{ ...INES, status: "sent", decision: "approved", decided_by: "Kofi" }], "It left so.");
  await reopened();
  expect(await screen.findByText("It left so.")).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Text" })).toBeNull();
});

async function reopened() {
  await draw(<Component />, { address: "/approvals", path: "/approvals" });
  await screen.findByRole("region", { name: "Ines Moreau" });
  return { user: userEvent.setup() };
}
