import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import type { Agent } from "@/api/agents";
import { AgentsSection } from "./AgentsSection";
import { bodyOf, typedOf } from "./form";

const MIRA: Agent = {
  ...bodyOf({ ...typedOf(undefined), name: "Mira", drafts_per_day: 40 }),
  id: 3,
  is_default: true,
  today: { drafts: 12, cost: "0.42" },
  approved: {},
  waiting: 7,
  sequences: [{ id: 1, name: "Outreach" }],
  created_at: "2026-11-01T10:00:00Z",
  updated_at: "2026-11-01T10:00:00Z",
};
const MODEL = { configured: true, model: "small", host: "models.test", personal_data: true, priced: true };
const RIGHTS = ["settings.view", "settings.create", "settings.edit", "settings.delete"];
let bodies: Record<string, unknown>[] = [];

function having(agents: readonly Agent[], more: Readonly<Record<string, unknown>> = {}) {
  serve({
    "GET /api/session": { ...SESSION, rights: RIGHTS },
    "GET /api/agents": { items: agents, next_cursor: null },
    "GET /api/agents/model": MODEL,
    "GET /api/contacts": { items: [], next_cursor: null },
    "POST /api/agents": MIRA,
    ...more,
  });
  bodies = [];
  const served = globalThis.fetch;
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "POST") bodies.push((await request.clone().json()) as Record<string, unknown>);
    return served(request);
  });
}

beforeAll(() => {
  // jsdom loads no fonts; text areas that grow listen for them.
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
});

beforeEach(() => {
  having([MIRA]);
});

it("says of each agent how far it goes, what it did today, and what waits", async () => {
  await draw(<AgentsSection />);
  const row = await screen.findByRole("row", { name: /Mira/ });
  expect(row).toHaveTextContent("asks a person");
  expect(row).toHaveTextContent("12 of 40 drafts · 0.42");
  expect(within(row).getByRole("link", { name: "7 drafts" })).toHaveAttribute("href", "/approvals");
  expect(screen.getByText(/small at models.test writes/)).toBeVisible();
});

it("writes what it cost as the reader writes numbers", async () => {
  having([{ ...MIRA, cost_per_day: "2.50" }]);
  await draw(<AgentsSection />, { language: "de" });
  expect(await screen.findByRole("row", { name: /Mira/ })).toHaveTextContent("0,42 / 2,50");
});

it("says what to set where no model is connected", async () => {
  having([], { "GET /api/agents/model": { ...MODEL, configured: false } });
  await draw(<AgentsSection />);
  expect(await screen.findByText("No model is connected, so no agent can write yet.")).toBeVisible();
  expect(screen.getByText("DRUMBEAT_MODEL_URL").tagName).toBe("CODE");
  expect(screen.getByText("No agent yet")).toBeVisible();
});

it("makes an agent that goes as far as each kind of message says", async () => {
  const user = userEvent.setup();
  await draw(<AgentsSection />);
  await user.click(await screen.findByRole("button", { name: "Add an agent" }));
  await user.type(await screen.findByRole("textbox", { name: "Name" }), "Jo");
  await user.type(screen.getByRole("textbox", { name: "Facts" }), "One.{Enter}Two.");
  await user.click(screen.getByRole("radio", { name: "Controlled" }));
  await user.selectOptions(screen.getByRole("combobox", { name: /Email/ }), "sends by itself");
  await user.click(screen.getByRole("button", { name: "Add it" }));
  await waitFor(() => {
    expect(screen.queryByRole("dialog")).toBeNull();
  });
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).toMatchObject({
    name: "Jo",
    facts: ["One.", "Two."],
    autonomy: "controlled",
    policies: { email: "autonomous", sms: "approval" },
  });
});

it("lets an agent write with hints, shows the checks, and tries again with a wish", async () => {
  const draft = {
    subject: "Shift change",
    text: "Hello, [name]",
    concerns: [{ code: "unfilled_tag", severity: "stop", text: "“[name]” is a gap.", excerpt: "[name]" }],
    facts: [],
    agent: { id: 3, name: "Mira" },
    model: "small",
    cost: null,
  };
  having([MIRA], { "POST /api/agents/3/write": draft });
  const user = userEvent.setup();
  await draw(<AgentsSection />);
  await user.click(await screen.findByRole("button", { name: "More about Mira" }));
  await user.click(await screen.findByRole("menuitem", { name: "Try it …" }));
  await user.type(await screen.findByRole("textbox", { name: "Angle" }), "Paper");
  await user.click(screen.getByRole("button", { name: "Write it" }));
  expect(await screen.findByText("A gap is not filled in")).toBeVisible();
  await user.type(screen.getByRole("textbox", { name: "What should be different?" }), "Shorter");
  await user.click(screen.getByRole("button", { name: "Write it anew" }));
  await waitFor(() => {
    expect(bodies).toHaveLength(2);
  });
  expect(bodies[1]).toMatchObject({
    note: "Shorter",
    earlier: "Hello, [name]",
    step: { kind: "email", written_by: "agent", hints: { angle: "Paper" } },
  });
});
