import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { serve } from "@/app/testing/server";
import { visit } from "@/app/testing/visit";
import { ANSWERS } from "./testing/answers";

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
      ["3 waiting", "/sequences/7/enrollments?step=value"],
      ["5 done", "/sequences/7/enrollments?met=done&met_step=value"],
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
