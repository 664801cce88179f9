import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import type { Review } from "@/api/reviews";
import { Component } from "./page";

const ANA: Review = {
  id: 1,
  sequence_id: 4,
  sequence: "Outreach",
  contact: { id: 11, name: "Ana Ruiz", email: "ana@halden.test", company: "Halden Freight", time_zone: "" },
  state: "pending_review",
  reason: "",
  resume_at: null,
  step: "hello",
  position: 1,
  steps: 1,
  ahead: 1,
  strip: [{ step: "hello", kind: "email", job_type: "initial_outreach", day: 0, mark: "now" }],
  next: null,
  sender: null,
  last: null,
  created_at: "2026-11-20T10:00:00Z",
  finished_at: null,
  asked_at: "2026-11-20T10:00:00Z",
  enrolled_by: "Robin Vale",
  source: "manual",
};
const KOFI: Review = { ...ANA, id: 2, contact: { ...ANA.contact, id: 12, name: "Kofi Mensah" } };
const MESSAGE = {
  channel: "email",
  sender: "Robin <robin@demo.test>",
  recipient: "ana@halden.test",
  subject: "Hi Ana",
  html: "",
  text: "How are things at Halden Freight?",
  follows_thread: false,
  sendable: true,
  warnings: [],
};
const DONE = { counts: { done: 1 }, job_id: null, total: 1 };
const ONE = { id: 1, code: "done", detail: "", state: "active", reason: "", handed_over: [], not_sent: [] };
let asked: string[] = [];

function waiting(items: readonly Review[]) {
  asked = serve({
    "GET /api/session": { ...SESSION, rights: ["reviews.view", "reviews.edit"] },
    "GET /api/reviews": { items, next_cursor: null },
    "GET /api/reviews/counts": {
      people: items.length,
      sequences: [{ sequence_id: 4, sequence: "Outreach", people: items.length }],
    },
    "POST /api/sequences/4/preview": MESSAGE,
    "POST /api/reviews/approve": { ...DONE, answers: [ONE] },
    "POST /api/reviews/reject": { ...DONE, answers: [{ ...ONE, state: "finished", reason: "rejected" }] },
  });
}

/** A desk, where somebody is always open. */
function beWide() {
  const narrow = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(narrow(query), { matches: true }),
  );
}

beforeEach(() => {
  beWide();
  waiting([ANA, KOFI]);
});

it("shows what would leave first for the one who is open", async () => {
  await draw(<Component />, { address: "/reviews", path: "/reviews" });
  expect(await screen.findByText("How are things at Halden Freight?")).toBeVisible();
  expect(screen.getByText(/Robin Vale enrolled Ana Ruiz by hand/)).toBeVisible();
});

it("approves by a key and goes on to the next", async () => {
  const user = userEvent.setup();
  const { router } = await draw(<Component />, { address: "/reviews", path: "/reviews" });
  await screen.findByText("How are things at Halden Freight?");
  await user.keyboard("a");
  expect(await screen.findByText("1 person approved")).toBeVisible();
  expect(asked).toContain("POST /api/reviews/approve");
  await waitFor(() => {
    expect(router.state.location.search).toBe("?open=2");
  });
});

it("asks before it rejects", async () => {
  const user = userEvent.setup();
  await draw(<Component />, { address: "/reviews", path: "/reviews" });
  await screen.findByText("How are things at Halden Freight?");
  await user.keyboard("r");
  const dialog = await screen.findByRole("dialog", { name: "Reject Ana Ruiz?" });
  expect(asked).not.toContain("POST /api/reviews/reject");
  await user.click(within(dialog).getByRole("button", { name: "Reject 1 person" }));
  expect(await screen.findByText("1 person rejected")).toBeVisible();
});

it("asks before it approves those who are chosen", async () => {
  const user = userEvent.setup();
  await draw(<Component />, { address: "/reviews", path: "/reviews" });
  await screen.findByText("How are things at Halden Freight?");
  await user.keyboard("xjxa");
  expect(await screen.findByRole("dialog", { name: "Approve 2 people?" })).toBeVisible();
});

it("says how somebody comes to wait here while nobody does", async () => {
  waiting([]);
  await draw(<Component />, { address: "/reviews", path: "/reviews" });
  expect(await screen.findByText("Nobody waits for review")).toBeVisible();
  expect(screen.getByRole("link", { name: "Choose a sequence" })).toHaveAttribute("href", "/sequences");
});

it("opens nobody else under the key once somebody else has decided", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime.bind(vi) });
  await draw(<Component />, { address: "/reviews", path: "/reviews" });
  await screen.findByText("How are things at Halden Freight?");
  waiting([KOFI]);
  await act(() => vi.advanceTimersByTimeAsync(31_000));
  expect(screen.queryByText(/enrolled Kofi Mensah/)).toBeNull();
  await user.keyboard("a");
  expect(asked).not.toContain("POST /api/reviews/approve");
  expect(screen.getByText("Decided already")).toBeVisible();
  await user.keyboard("j");
  expect(await screen.findByText(/enrolled Kofi Mensah/)).toBeVisible();
  vi.useRealTimers();
});
