import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { preferredLanguage } from "./i18n";
import { visit } from "./testing/visit";

describe("the app", () => {
  it("opens in the room of sequences", async () => {
    await visit("/");
    expect(await screen.findByRole("heading", { level: 1, name: "Sequences" })).toBeVisible();
  });

  it("marks the room one is in", async () => {
    await visit("/sequences");
    const links = await screen.findAllByRole("link", { name: "Sequences" });
    expect(links[0]).toHaveAttribute("aria-current", "page");
  });

  it("says so when an address leads nowhere", async () => {
    await visit("/nowhere");
    expect(await screen.findByText("There is no such page")).toBeVisible();
  });

  it("changes its language at once", async () => {
    await visit("/sequences");
    await userEvent.click(await screen.findByRole("button", { name: "Language" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Deutsch" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Sequenzen" })).toBeVisible();
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
