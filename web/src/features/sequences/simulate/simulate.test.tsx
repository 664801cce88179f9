import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Sequence } from "@/api/sequences";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { SimulateDialog } from "./SimulateDialog";

const SEQUENCE = { id: 7, name: "Hello", version: { number: 2 } } as Sequence;
const SIMULATION = {
  format: 1,
  sequence: { id: 7, name: "Hello", version: 2 },
  of: "imagined",
  people: 60,
  days: 60,
  seed: 1,
  zone: "UTC",
  starts_at: "2026-03-02T10:00:00Z",
  until: "2026-05-01T10:00:00Z",
  ended_at: "2026-03-06T10:00:00Z",
  messages: 60,
  first_send_at: "2026-03-02T10:00:00Z",
  last_send_at: "2026-03-03T10:00:00Z",
  senders: [{ id: 1, address: "ann@ours.test", zone: "UTC" }],
  volumes: [
    { day: "2026-03-02", sender_id: 1, sent: 50, waiting: 10, cap: 50 },
    { day: "2026-03-03", sender_id: 1, sent: 10, waiting: 0, cap: 50 },
  ],
  waits: [{ day: "2026-03-02", sender_id: 1, reason: "cap_day", messages: 10, longest_minutes: 900 }],
  ends: [
    { state: "finished", reason: "completed", people: 57 },
    { state: "paused", reason: "meeting", people: 3 },
  ],
  steps: [
    {
      key: "hello",
      kind: "email",
      name: "Introduction",
      entered: 60,
      done: 58,
      standing: 0,
      skipped: { no_address: 2 },
      failed: {},
      ways: {},
      first_at: "2026-11-23T08:00:00Z",
      middle_from: "2026-11-24T08:00:00Z",
      median_at: "2026-11-25T08:00:00Z",
      middle_until: "2026-11-26T08:00:00Z",
      last_at: "2026-12-01T08:00:00Z",
    },
  ],
};
const STATE = { job_id: null, state: "done", percent: 100, fault: "", simulation: SIMULATION };
const ANSWERS = {
  "GET /api/session": { ...SESSION, rights: ["sequences.view", "contacts.view"] },
  "GET /api/lists": { items: [{ id: 3, name: "Leads" }], next_cursor: null },
  "GET /api/segments": { items: [{ id: 4, name: "Warm" }], next_cursor: null },
  "POST /api/sequences/7/simulations": STATE,
};

async function opened(answers: Readonly<Record<string, unknown>> = ANSWERS, language: "en" | "de" = "en") {
  const asked = serve(answers);
  await draw(<SimulateDialog sequence={SEQUENCE} hasChanged={false} onClose={() => undefined} />, {
    language,
  });
  return { asked, user: userEvent.setup() };
}

describe("the simulation", () => {
  it("says what would happen, as a chart and as a table", async () => {
    const { user } = await opened();
    await user.click(await screen.findByRole("button", { name: "Simulate" }));
    expect(
      await screen.findByText(/10 messages of ann@ours.test wait for the cap of the day, up to 15 hours/),
    ).toBeVisible();
    expect(screen.getByText("Completed")).toBeVisible();
    expect(screen.getByText("Paused: a meeting is booked")).toBeVisible();
    expect(screen.getByText(/2 skipped: no address for this channel/)).toBeVisible();
    expect(screen.getByText(/half by .*25.*; .*23.* – .*1/)).toBeVisible();
    await user.click(screen.getByText("Table"));
    const row = screen.getByRole("row", { name: /2 March 2026|March 2, 2026/ });
    expect(
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent)
        .slice(1),
    ).toEqual(["50", "50", "10"]);
  });

  it("is for imagined people, a list or a segment", async () => {
    const { user } = await opened();
    await screen.findByRole("option", { name: "the list Leads" });
    expect(screen.getByRole("option", { name: "the segment Warm" })).toBeVisible();
    expect(screen.getByLabelText("How many people")).toBeVisible();
    await user.selectOptions(screen.getByLabelText("For whom"), "list 3");
    expect(screen.queryByLabelText("How many people")).toBeNull();
  });

  it("waits for a job and shows how far it is", async () => {
    const running = { job_id: 9, state: "running", percent: 40, fault: "", simulation: null };
    const { user, asked } = await opened({
      ...ANSWERS,
      "POST /api/sequences/7/simulations": running,
      "GET /api/simulations/9": running,
      "DELETE /api/simulations/9": undefined,
    });
    await user.click(await screen.findByRole("button", { name: "Simulate" }));
    expect(await screen.findByLabelText("Simulating: 40 %")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(asked).toContain("DELETE /api/simulations/9");
  });

  it("speaks German", async () => {
    const { user } = await opened(ANSWERS, "de");
    await user.click(await screen.findByRole("button", { name: "Simulieren" }));
    expect(
      await screen.findByText(/10 Nachrichten von ann@ours.test warten wegen der Tagesgrenze/),
    ).toBeVisible();
  });
});
