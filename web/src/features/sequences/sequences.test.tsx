import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { serve } from "@/app/testing/server";
import { visit } from "@/app/testing/visit";
import templates from "@/flow/testing/templates.json";

const SESSION = {
  member_id: 1,
  name: "Mira Castell",
  email: "mira@example.test",
  role: "admin",
  demo: false,
  rights: ["enrollments.view", "sequences.view", "sequences.create", "sequences.edit", "sequences.delete"],
  workspace: { id: 1, name: "Castell", time_zone: "Europe/Berlin" },
};
const RHYTHM = {
  steps: [
    {
      key: "a",
      kind: "email",
      channel: "email",
      job_type: "initial_outreach",
      day: 0,
      label: "Email",
      drawn: true,
    },
    { key: "b", kind: "task", channel: "", job_type: "", day: 4, label: "Task", drawn: true },
  ],
  step_count: 2,
  days: 4,
  branches: false,
};
const CARD = {
  id: 7,
  name: "Founder outreach",
  description: "",
  tags: [],
  guarded: false,
  status: "active",
  owner: { id: 1, name: "Mira Castell" },
  version: { number: 3, published_at: "2026-11-20T10:00:00Z" },
  has_unpublished_changes: false,
  rhythm: RHYTHM,
  counts: { active: 214, paused: 12, completed: 486, unenrolled: 131 },
  reach: { sent: 843, replied: 99 },
  health: {
    level: "problem",
    code: "blocked_error",
    args: { count: 2 },
    link: { room: "enrollments", filter: {} },
  },
  first_send_at: null,
  next_send_at: null,
  planned_today: 0,
  deletable: false,
  created_at: "2026-11-20T10:00:00Z",
  updated_at: "2026-11-20T10:00:00Z",
};
const SETTINGS = {
  exit_on_reply: "finish",
  exit_on_meeting: "pause",
  exit_on_call: "off",
  exit_on_conversion: "finish",
  exit_on_company_reply: "off",
  company_limit: null,
  triggers: null,
  stop_when: null,
  auto_enroll: false,
  enrollment_criteria: null,
  enroll_at_activation: false,
  postpone_on_out_of_office: false,
  sender_id: null,
  window: null,
  holidays: null,
  jitter_seconds: 0,
  review: false,
  reenrollment: "never",
  reenroll_after_days: null,
  one_at_a_time: false,
  track_opens: false,
  track_clicks: false,
};
const DRAFT = { revision: 4, saved_at: "2026-11-20T10:00:00Z", saved_by: null, changed: false };
const TOTALS = {
  by_status: { active: 1, paused: 0, draft: 0, archived: 0 },
  owners: [CARD.owner],
  tags: [],
  people_active: 214,
  sent_today: 63,
};
const ANSWERS = {
  "GET /api/session": SESSION,
  "GET /api/templates": [],
  "GET /api/sequences/totals": TOTALS,
  "GET /api/sequences": { items: [CARD], next_cursor: null },
  "GET /api/sequences/7": {
    ...CARD,
    unlocked: true,
    draft: DRAFT,
    settings: SETTINGS,
    tracking_allowed: true,
    status_at: null,
    status_by: null,
  },
  "GET /api/sequences/7/draft": { ...DRAFT, document: templates.cold_outreach, problems: [] },
  "GET /api/sequences/7/step-numbers": [
    {
      step: "value",
      came: 8,
      waiting: 3,
      done: 5,
      replied: 2,
      skipped: [{ name: "no_address", people: 1 }],
      failed: [],
      ways: [],
    },
  ],
  "GET /api/step-kinds": [],
  "GET /api/merge-tags": [],
  "POST /api/sequences/7/pause": {},
  "PUT /api/sequences/7/draft": { ...DRAFT, revision: 5, changed: true, problems: [] },
};

describe("the overview", () => {
  it("shows who, rhythm, numbers and health of a sequence", async () => {
    serve(ANSWERS);
    await visit("/sequences");
    expect(await screen.findByRole("link", { name: "Founder outreach" })).toBeVisible();
    expect(screen.getByText("Mira Castell · 2 steps over 4 days")).toBeVisible();
    expect(screen.getByRole("img", { name: "Email on day 0, Task on day 4" })).toBeVisible();
    expect(screen.getByText("486")).toBeVisible();
    expect(screen.getByText("2 people are held by an error")).toBeVisible();
    expect(screen.getByRole("link", { name: "See who" })).toHaveAttribute("href", "/sequences/7/enrollments");
  });

  it("pauses at once, with a way back", async () => {
    const asked = serve(ANSWERS);
    await visit("/sequences");
    await userEvent.click(await screen.findByRole("switch", { name: "Founder outreach runs" }));
    await waitFor(() => {
      expect(asked).toContain("POST /api/sequences/7/pause");
    });
    expect(await screen.findByText(/Founder outreach is paused/)).toBeVisible();
  });

  it("says in German what it says in English", async () => {
    serve(ANSWERS);
    await visit("/sequences", "de");
    expect(await screen.findByText("Mira Castell · 2 Schritte in 4 Tage")).toBeVisible();
  });
});

describe("the steps of a sequence", () => {
  it("are a line with their days, and walk by keys", async () => {
    serve(ANSWERS);
    await visit("/sequences/7");
    expect(await screen.findByText("An idea for ‹company›")).toBeVisible();
    await userEvent.keyboard("j");
    const [first] = screen.getAllByRole("button", { current: "step" });
    expect(first).toHaveTextContent("An idea for ‹company›");
  });

  it("say what came of them, and each number opens its people", async () => {
    serve(ANSWERS);
    await visit("/sequences/7");
    const row = await screen.findByRole("group", { name: "Numbers of this step" });
    expect(
      [...row.querySelectorAll("a")].map((link) => [link.textContent, link.getAttribute("href")]),
    ).toEqual([
      ["5 done", "/sequences/7/enrollments?met=done&met_step=value"],
      ["3 waiting", "/sequences/7/enrollments?step=value"],
      ["2 replied", "/sequences/7/enrollments?met=replied&met_step=value"],
      [
        "1 skipped: no address for this channel",
        "/sequences/7/enrollments?met=skipped&met_step=value&met_reason=no_address",
      ],
    ]);
  });

  it("remove by key, save by themselves, and come back by Undo", async () => {
    const asked = serve(ANSWERS);
    await visit("/sequences/7?step=value");
    await screen.findByText("An idea for ‹company›");
    await userEvent.keyboard("{Delete}");
    await waitFor(() => {
      expect(document.querySelector('[data-step="value"]')).toBeNull();
    });
    await vi.waitFor(
      () => {
        expect(asked).toContain("PUT /api/sequences/7/draft");
      },
      { timeout: 4_000 },
    );
    await userEvent.click(screen.getByRole("button", { name: "Undo", description: "" }));
    await waitFor(() => {
      expect(document.querySelector('[data-step="value"]')).not.toBeNull();
    });
  });
});

describe("the switch of a sequence", () => {
  const WITHOUT_WINDOW = {
    ...ANSWERS,
    "GET /api/sequences/7/forecast": { defaults: { window: null, window_of: "none" } },
  };

  it("pauses it where messages leave at any hour", async () => {
    const asked = serve(WITHOUT_WINDOW);
    await visit("/sequences/7");
    await screen.findByText("An idea for ‹company›");
    await waitFor(() => {
      expect(asked).toContain("GET /api/sequences/7/forecast");
    });
    await userEvent.click(screen.getByRole("switch", { name: "Founder outreach runs" }));
    await waitFor(() => {
      expect(asked).toContain("POST /api/sequences/7/pause");
    });
    expect(await screen.findByText(/Founder outreach is paused/)).toBeVisible();
  });
});

describe("what fails and has no dialog", () => {
  const TEMPLATE = {
    ...{ id: null, name: "cold_outreach", title: "Cold outreach", description: "", rhythm: RHYTHM },
    document: templates.cold_outreach,
  };

  /** A server that makes no sequence. */
  function refusing() {
    serve({ ...ANSWERS, "GET /api/templates": [TEMPLATE] });
    const served = globalThis.fetch as (request: Request) => Promise<Response>;
    const problem = {
      type: "",
      title: "",
      status: 409,
      code: "full",
      detail: "There are too many.",
      fields: {},
    };
    vi.stubGlobal("fetch", (request: Request) =>
      request.method === "POST" ? Promise.resolve(Response.json(problem, { status: 409 })) : served(request),
    );
  }

  it("is said of a copy", async () => {
    refusing();
    await visit("/sequences");
    await userEvent.click(await screen.findByRole("button", { name: /Founder outreach/ }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Duplicate" }));
    expect(await screen.findByText("There are too many.")).toBeVisible();
  });

  it("is said of a sequence from a template", async () => {
    refusing();
    await visit("/sequences");
    await userEvent.click(await screen.findByRole("button", { name: /^Cold outreach/ }));
    expect(await screen.findByText("There are too many.")).toBeVisible();
  });
});
