import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { AnswerDraft } from "@/api/answerDrafts";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";

const contact = { id: 11, name: "Ines Moreau", email: "ines@cobalt.test", company: "", time_zone: "" };
const INES: AnswerDraft = {
  id: 5,
  status: "waiting",
  contact,
  agent: { id: 2, name: "Scout" },
  channel: "email",
  asked: "What does it cost?",
  asked_at: "2026-11-20T10:00:00Z",
  text: "It depends on the line.",
  text_hash: "abc",
  risk: "none",
  concerns: [],
  because: "",
  fault: "",
  note: "",
  model: "writer",
  outdated: ["agent"],
  written_at: "2026-11-20T10:01:00Z",
};
const KOFI: AnswerDraft = {
  ...INES,
  id: 6,
  contact: { ...contact, id: 12, name: "Kofi Adjei" },
  text: "On Thursday.",
  outdated: [],
};

async function open(rows: readonly AnswerDraft[], address = "/approvals") {
  const asked: URL[] = [];
  serve({
    "GET /api/session": { ...SESSION, rights: ["approvals.view", "approvals.edit"] },
    "GET /api/approvals": { items: [], next_cursor: null },
    "GET /api/approvals/counts": { waiting: 0, writing: 0, oldest_at: null, sequences: [] },
    "GET /api/answer-drafts": { items: rows, next_cursor: null },
    "GET /api/answer-drafts/counts": { waiting: rows.length, mine: 0, writing: 0, oldest_at: null },
  });
  const served = globalThis.fetch as (request: Request) => Promise<Response>;
  vi.stubGlobal("fetch", (request: Request) => {
    if (request.url.includes("/answer-drafts?")) asked.push(new URL(request.url));
    return served(request);
  });
  const user = userEvent.setup();
  const { router } = await draw(<Component />, { address, path: "/approvals" });
  return { user, router, asked };
}

it("leads to the answers where nothing else waits, and says which are out of date", async () => {
  const { user } = await open([INES, KOFI]);
  await user.click(await screen.findByRole("button", { name: /^Answers/ }));
  const list = await screen.findByRole("list", { name: "Drafted answers" });
  const [first, second] = within(list).getAllByRole("link");
  expect(first).toHaveAttribute("href", "/inbox/11");
  expect(first).toHaveTextContent("“What does it cost?”");
  expect(first).toHaveTextContent("Scout: It depends on the line.");
  expect(first).toHaveTextContent("written before something changed");
  expect(second).not.toHaveTextContent("written before");
  expect(second).not.toHaveTextContent("to mend");
});

it("goes from answer to answer by keys, and to the conversation by Enter", async () => {
  const { user, router } = await open([INES, KOFI], "/approvals?show=answers");
  await screen.findByRole("list", { name: "Drafted answers" });
  await user.keyboard("jj");
  expect(screen.getByRole("link", { name: /Kofi Adjei/ })).toHaveFocus();
  await user.keyboard("k");
  expect(screen.getByRole("link", { name: /Ines Moreau/ })).toHaveFocus();
  await user.keyboard("{Enter}");
  expect(router.state.location.pathname).toBe("/inbox/11");
});

it("says how much the checks found", async () => {
  const concern = { code: "foreign_link", severity: "stop", text: "", excerpt: "" } as const;
  await open([{ ...KOFI, risk: "stop", concerns: [concern] }], "/approvals?show=answers");
  expect(await screen.findByRole("link", { name: /Kofi Adjei/ })).toHaveTextContent("1 to mend");
});

it("opens by e the one that has the focus", async () => {
  const { user, router } = await open([INES, KOFI], "/approvals?show=answers");
  await screen.findByRole("list", { name: "Drafted answers" });
  await user.keyboard("jje");
  expect(router.state.location.pathname).toBe("/inbox/12");
});

it("shows those to one's own contacts, or of one risk, and leads back to all of them", async () => {
  const { user, asked } = await open([], "/approvals?show=answers");
  await user.selectOptions(await screen.findByRole("combobox", { name: "To whom" }), "To my contacts");
  await user.selectOptions(screen.getByRole("combobox", { name: "What the checks say" }), "To look at");
  const query = () => Object.fromEntries(asked.at(-1)?.searchParams ?? []);
  await waitFor(() => {
    expect(query()).toMatchObject({ scope: "mine", risk: "look" });
  });
  await user.click(await screen.findByRole("button", { name: "Show all that waits" }));
  expect(await screen.findByText("No answer waits")).toBeVisible();
  expect(screen.getByRole("combobox", { name: "To whom" })).toHaveDisplayValue("To everybody");
});

it("says where answers would stand when none waits", async () => {
  await open([], "/approvals?show=answers");
  expect(await screen.findByText("No answer waits")).toBeVisible();
});
