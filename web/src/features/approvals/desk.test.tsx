import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Approval } from "@/api/approvals";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { detailOf, INES, KOFI } from "./testing/drafts";

function serving(rows: readonly Approval[]): string[] {
  const until = new Date(Date.now() + 60_000).toISOString();
  return serve({
    "GET /api/session": { ...SESSION, rights: ["approvals.view", "approvals.edit"] },
    "GET /api/approvals": { items: rows, next_cursor: null },
    "GET /api/approvals/counts": { waiting: rows.length, writing: 0, oldest_at: null, sequences: [] },
    ...Object.fromEntries(rows.map((row) => [`GET /api/approvals/${row.id}`, detailOf(row)])),
    ...Object.fromEntries(
      rows.map(({ id }) => [
        `POST /api/approvals/${id}/approve`,
        { id, code: "done", detail: "", status: "scheduled", undo_until: until },
      ]),
    ),
  });
}

const drawn = () => draw(<Component />, { address: "/approvals", path: "/approvals" });

beforeEach(() => {
  const narrow = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    Object.assign(narrow(query), { matches: true }),
  );
});

it("keeps the draft open that is read while others come before it", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    serving([INES, KOFI]);
    const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
    await drawn();
    await screen.findByRole("heading", { name: /Ines Moreau/ });
    const asked = serving([KOFI, INES]);
    await act(() => vi.advanceTimersByTimeAsync(16_000));
    expect(screen.getAllByRole("listitem")[0]).toHaveTextContent("Kofi Mensah");
    expect(screen.getByRole("region", { name: "Ines Moreau" })).toBeVisible();
    await user.keyboard("a");
    await waitFor(() => {
      expect(asked).toContain("POST /api/approvals/1/approve");
    });
    expect(asked).not.toContain("POST /api/approvals/2/approve");
  } finally {
    vi.useRealTimers();
  }
});

it("says of each what came of it, also where the next was decided before the answer", async () => {
  serving([INES, KOFI]);
  const served = globalThis.fetch;
  const first = Promise.withResolvers<Response>();
  vi.stubGlobal("fetch", (request: Request) =>
    request.url.endsWith("/1/approve") ? first.promise : served(request),
  );
  const user = userEvent.setup();
  await drawn();
  await screen.findByRole("heading", { name: /Ines Moreau/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("heading", { name: /Kofi Mensah/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Approved for Kofi Mensah.");
  const detail = "The text has changed meanwhile; look again.";
  const problem = { type: "", title: "", status: 409, code: "draft_changed", detail, fields: {} };
  first.resolve(Response.json(problem, { status: 409 }));
  expect(await screen.findByText(detail)).toBeVisible();
  expect(await screen.findByRole("region", { name: "Ines Moreau" })).toBeVisible();
});
