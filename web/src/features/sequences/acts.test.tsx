// What is done with a sequence as a whole: it reaches the server, and what the server refuses is said.
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { serve } from "@/app/testing/server";
import { visit } from "@/app/testing/visit";
import templates from "@/flow/testing/templates.json";
import { ANSWERS, RHYTHM } from "./testing/answers";

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
