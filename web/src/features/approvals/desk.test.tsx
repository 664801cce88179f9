import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import type { Approval } from "@/api/approvals";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";
import { detailOf, INES, KOFI } from "./testing/drafts";

const EDO: Approval = { ...KOFI, id: 3, contact: { ...KOFI.contact, id: 13, name: "Edo Brandt" } };
const PROBLEM = { type: "", title: "", status: 409, code: "draft_changed", detail: "", fields: {} };

function serving(rows: readonly Approval[]): string[] {
  const until = new Date(Date.now() + 60_000).toISOString();
  return serve({
    "GET /api/session": { ...SESSION, rights: ["approvals.view", "approvals.edit"] },
    "GET /api/approvals": { items: rows, next_cursor: null },
    "GET /api/approvals/counts": { waiting: rows.length, writing: 0, oldest_at: null, sequences: [] },
    ...Object.fromEntries(rows.map((row) => [`GET /api/approvals/${row.id}`, detailOf(row)])),
    "POST /api/approvals/undo": { answers: [done(1, until)], counts: { done: 1 } },
    ...Object.fromEntries(rows.map(({ id }) => [`POST /api/approvals/${id}/approve`, done(id, until)])),
  });
}

function done(id: number, until: string) {
  return { id, code: "done", detail: "", status: "scheduled", undo_until: until };
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

it("keeps each refusal to be read when three are decided quickly one after another", async () => {
  const asked = serving([INES, KOFI, EDO]);
  const served = globalThis.fetch;
  const held = new Map([1, 2].map((id) => [id, Promise.withResolvers<Response>()]));
  vi.stubGlobal("fetch", (request: Request) => {
    const id = Number(/(\d+)\/approve$/.exec(request.url)?.[1]);
    return held.get(id)?.promise ?? served(request);
  });
  const user = userEvent.setup();
  await drawn();
  for (const name of [/Ines Moreau/, /Kofi Mensah/, /Edo Brandt/]) {
    await screen.findByRole("heading", { name });
    await user.keyboard("{Control>}{Enter}{/Control}");
  }
  for (const [id, { resolve }] of held) {
    resolve(Response.json({ ...PROBLEM, detail: `Refused ${String(id)}.` }, { status: 409 }));
  }
  expect(await screen.findByText("Refused 1.")).toBeVisible();
  expect(await screen.findByText("Refused 2.")).toBeVisible();
  await waitFor(() => {
    expect(asked).toContain("POST /api/approvals/3/approve");
  });
});

it("shows a draft that waits again as it is now, not as it was before the yes", async () => {
  serving([INES, KOFI]);
  const user = userEvent.setup();
  await drawn();
  await screen.findByRole("heading", { name: /Ines Moreau/ });
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Approved for Ines Moreau.");
  await screen.findByRole("heading", { name: /Kofi Mensah/ });
  const changed = Promise.withResolvers<Response>();
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", (request: Request) =>
    request.url.endsWith("/api/approvals/1") ? changed.promise : served(request),
  );
  await user.keyboard("u");
  await screen.findByText("The draft waits again.");
  await waitFor(() => {
    expect(screen.queryByRole("heading", { level: 2 })).toBeNull();
  });
  changed.resolve(Response.json({ ...detailOf(INES), text: "Dear Ines" }));
  expect(await screen.findByText("Dear Ines")).toBeVisible();
});
