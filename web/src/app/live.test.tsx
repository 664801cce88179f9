import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Board, Said } from "@/api/types";
import { serve } from "./testing/server";
import { SESSION } from "./testing/session";
import { visit } from "./testing/visit";

const NOW = "2026-11-24T14:05:32Z";
const REPLY: Said = {
  id: 2,
  at: NOW,
  direction: "in",
  channel: "email",
  word: "reply",
  reason: "",
  contact: "Ana Ruiz",
  text: "Thursday works.",
  enrollment_id: 1,
  sequence_id: 1,
  step: "follow_up",
  share: 0.4,
  state: "finished",
  state_reason: "replied",
  will_not_be_sent: 3,
};
const STEP = { kind: "email", job_type: "initial_outreach", name: "", drawn: true, waiting: 0, awaiting: 0 };
const PERSON = {
  enrollment_id: 9,
  state: "active",
  reason: "",
  origin_at: NOW,
  due_at: "2026-11-26T14:05:32Z",
};
const BOARD: Board = {
  now: NOW,
  figures: {
    sent: 5_914,
    on_the_way: 214,
    replied: 535,
    held: [
      { reason: "window", count: 198 },
      { reason: "cap", count: 14 },
    ],
    completed: 486,
    sent_twice: 0,
    enrolled: 1_300,
    finished: 1_086,
  },
  lines: [
    {
      sequence_id: 1,
      name: "Founder outreach",
      status: "active",
      enrolled: 1_300,
      on_the_way: 214,
      completed: 486,
      replied: 535,
      steps: [
        { ...STEP, key: "hello", after_seconds: 0, waits_seconds: 0 },
        { ...STEP, key: "follow_up", after_seconds: 518_400, waits_seconds: 518_400, waiting: 214 },
      ],
      people_per_dot: 1,
      people: [{ ...PERSON, name: "Kofi Mensah", step: "follow_up" }],
    },
  ],
  just_now: [REPLY],
  next: [
    {
      key: "enrollment:9",
      at: "2026-11-24T14:05:41Z",
      since: NOW,
      contact: "Lena Horvat",
      sequence_id: 1,
      step: "follow_up",
      kind: "email",
      job_type: "follow_up_email",
      number: 2,
      sender: "Mira",
      waits_for: "",
    },
  ],
  troubles: [],
  stop: null,
  worker: { alive: true, seen_at: NOW },
};

async function open(board: Partial<Board> = {}, more: Record<string, unknown> = {}) {
  const asked = serve({ "GET /api/session": SESSION, "GET /api/board": { ...BOARD, ...board }, ...more });
  await visit("/live");
  await screen.findByText("Just now");
  return asked;
}

describe("the live board", () => {
  it("shows the totals, and that nothing was sent twice", async () => {
    await open();
    expect(screen.getByText("5,914")).toBeVisible();
    expect(screen.getByText("window 198, cap 14")).toBeVisible();
    const twice = screen.getByText("Sent twice").closest("div");
    expect(within(twice ?? document.body).getByText("0")).toBeVisible();
  });

  it("says what a reply spared", async () => {
    await open();
    const justNow = screen.getByRole("region", { name: "Just now" });
    expect(within(justNow).getByText(/“Thursday works.”/)).toBeVisible();
    expect(within(justNow).getByText(/3 steps will not be sent/)).toBeVisible();
  });

  it("counts down to what happens next", async () => {
    await open();
    const next = screen.getByRole("region", { name: "What happens next" });
    expect(within(next).getByText("Lena Horvat")).toBeVisible();
    expect(within(next).getByText(/Follow-up, step 2/)).toBeVisible();
    expect(within(next).getByText("in 9 s")).toBeVisible();
  });

  it("stops all sending only after it said what that means", async () => {
    const asked = await open({}, { "POST /api/emergency-stop": { at: NOW, by: "Robin Vale" } });
    await userEvent.click(screen.getByRole("button", { name: "Emergency stop" }));
    expect(asked).not.toContain("POST /api/emergency-stop");
    await userEvent.click(await screen.findByRole("button", { name: "Stop sending to 214 people" }));
    expect(asked).toContain("POST /api/emergency-stop");
  });

  it("says who stopped it, and lifts the stop", async () => {
    const stop = { at: NOW, by: "Robin Vale" };
    const asked = await open({ stop }, { "DELETE /api/emergency-stop": undefined });
    expect(screen.getByText(/Robin Vale stopped all sending/)).toBeVisible();
    await userEvent.click(screen.getByRole("button", { name: "Lift the stop" }));
    expect(asked).toContain("DELETE /api/emergency-stop");
  });

  it("says why the stop could not be lifted", async () => {
    await open({ stop: { at: NOW, by: "Robin Vale" } });
    await userEvent.click(screen.getByRole("button", { name: "Lift the stop" }));
    expect(await screen.findByText("That was not done.")).toBeVisible();
  });

  it("says so when the server does not answer", async () => {
    serve({ "GET /api/session": SESSION });
    await visit("/live");
    expect(await screen.findByText("No answer from drumbeat")).toBeVisible();
  });

  it("says so when no engine runs", async () => {
    await open({ worker: { alive: false, seen_at: null } });
    expect(screen.getByText("The engine is not running")).toBeVisible();
  });

  it("teaches what lands here while nothing runs", async () => {
    await open({ lines: [], just_now: [], next: [] });
    expect(screen.getByText("No sequence runs yet")).toBeVisible();
    expect(screen.getByText(/What goes out and what comes back stands here/)).toBeVisible();
  });

  it("speaks German", async () => {
    serve({ "GET /api/session": SESSION, "GET /api/board": BOARD });
    await visit("/live", "de");
    expect(await screen.findByText("Doppelt gesendet")).toBeVisible();
    expect(screen.getByText(/3 Schritte werden nicht gesendet/)).toBeVisible();
  });
});
