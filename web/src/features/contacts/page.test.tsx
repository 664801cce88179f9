import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import type { Contact } from "@/api/contacts";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { Component } from "./page";

const ANA: Contact = {
  id: 1,
  name: "Ana Ruiz",
  first_name: "Ana",
  last_name: "Ruiz",
  email: "ana@halden.test",
  phone: "",
  company: "Halden Freight",
  title: "",
  stage: "Qualified",
  time_zone: "",
  owner: null,
  tags: [{ id: 3, name: "founder" }],
  running: [{ enrollment_id: 9, sequence_id: 4, sequence: "Outreach", state: "paused", reason: "reply" }],
  blocked: { email: "opted_out" },
  last: { kind: "replied", at: "2026-11-20T10:00:00Z" },
  created_at: "2026-11-01T10:00:00Z",
};
const FACETS = {
  total: 1,
  stages: [{ id: null, value: "Qualified", count: 1 }],
  lists: [],
  tags: [{ id: 3, value: "founder", count: 1 }],
  owners: [],
};
const PREFLIGHT = {
  sequence: "Outreach",
  status: "active",
  asked: 1,
  limit: 500,
  joins: 1,
  counts: { enrolled: 1 },
  lacking: [],
  senders: [],
  without_sender: 0,
  first_at: "2026-11-21T10:00:00Z",
  last_at: "2026-11-21T10:00:00Z",
  days: 1,
  later: 0,
};
let asked: string[] = [];

function people(items: readonly Contact[]) {
  asked = serve({
    "GET /api/session": {
      ...SESSION,
      rights: ["contacts.view", "contacts.edit", "contacts.create", "enrollments.create"],
    },
    "GET /api/contacts": { items, next_cursor: null },
    "GET /api/contacts/count": { count: items.length, is_more: false },
    "GET /api/contacts/facets": { ...FACETS, total: items.length },
    "GET /api/views": { items: [], next_cursor: null },
    "GET /api/enroll/options": {
      sequences: [{ id: 4, name: "Outreach", status: "active", review: false, is_default: false }],
      senders: [],
      limit: 500,
    },
    "POST /api/enroll/preflight": PREFLIGHT,
    "POST /api/enroll": { answers: [], counts: { enrolled: 1 }, enrollment_ids: [77] },
    "POST /api/enroll/undo": { stopped: 1, not_recalled: [], left_alone: {} },
  });
}

beforeEach(() => {
  people([ANA]);
});

it("shows a person with the state of the sequence and whether the address may be used", async () => {
  await draw(<Component />, { address: "/contacts", path: "/contacts" });
  const row = (await screen.findByRole("link", { name: "Ana Ruiz" })).closest("tr");
  expect(row).not.toBeNull();
  const cells = within(row as HTMLElement);
  expect(cells.getByText("Paused")).toBeVisible();
  expect(cells.getByRole("img", { name: "they opted out" })).toBeVisible();
  expect(await screen.findByText("1 contact")).toBeVisible();
});

it("keeps filters in the address", async () => {
  const { router } = await draw(<Component />, { address: "/contacts", path: "/contacts" });
  await userEvent.click(await screen.findByRole("button", { name: /^Paused/ }));
  expect(router.state.location.search).toBe("?show=paused");
});

it("enrolls who is ticked, says so, and takes it back", async () => {
  await draw(<Component />, { address: "/contacts", path: "/contacts" });
  await userEvent.click(await screen.findByRole("checkbox", { name: "Select Ana Ruiz" }));
  await userEvent.click(await screen.findByRole("button", { name: "Enroll 1 in Sequence" }));
  await userEvent.click(await screen.findByRole("button", { name: "Enroll 1 person" }));
  expect(await screen.findByText("1 person enrolled in Outreach")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /Undo/ }));
  expect(await screen.findByText(/Taken back/)).toBeVisible();
  expect(asked.filter((each) => each === "POST /api/enroll")).toHaveLength(1);
});

it("teaches what lands here while nobody does", async () => {
  people([]);
  await draw(<Component />, { address: "/contacts", path: "/contacts" });
  expect(await screen.findByText("No contact yet")).toBeVisible();
  expect(screen.getByRole("link", { name: "Import contacts" })).toHaveAttribute("href", "/contacts/import");
});
