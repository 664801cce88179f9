import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { preferredLanguage } from "./i18n";
import { serve } from "./testing/server";
import { visit } from "./testing/visit";

beforeEach(() => {
  serve({ "GET /api/inbox/dev": { available: false, items: [], next_before: null } });
});

describe("the app", () => {
  it("marks the room one is in", async () => {
    await visit("/dev-inbox");
    const links = await screen.findAllByRole("link", { name: "Dev inbox" });
    expect(links[0]).toHaveAttribute("aria-current", "page");
  });

  it("says so when an address leads nowhere", async () => {
    await visit("/nowhere");
    expect(await screen.findByText("There is no such page")).toBeVisible();
  });

  it("lets a person who is signed out in again", async () => {
    await visit("/signed-out");
    expect(await screen.findByRole("heading", { level: 1, name: /sign/i })).toBeVisible();
  });

  it("changes its language at once", async () => {
    await visit("/dev-inbox");
    await userEvent.click(await screen.findByRole("button", { name: "Account" }));
    await userEvent.click(await screen.findByRole("radio", { name: "Deutsch" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Test-Posteingang" })).toBeVisible();
    expect(document.documentElement.lang).toBe("de");
  });
});

describe("the language", () => {
  it.each([
    ["is the one chosen here", "de", ["en-GB"], "de"],
    ["else the browser's first that we speak", null, ["fr-FR", "de-AT", "en"], "de"],
    ["else English", null, ["fr-FR"], "en"],
  ])("%s", (_, chosen, spoken, expected) => {
    expect(preferredLanguage(chosen, spoken)).toBe(expected);
  });
});
