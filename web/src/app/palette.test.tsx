import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeHelp } from "./help";
import { closePalette } from "./palette";
import { serve } from "./testing/server";
import { SESSION } from "./testing/session";
import { visit } from "./testing/visit";

const ANA = { id: 7, name: "Ana Ruiz", email: "ana@halden.test", company: "Halden Freight" };
const OUTREACH = { id: 3, name: "Founder outreach", status: "active" };

beforeEach(() => {
  serve({
    "GET /api/session": SESSION,
    "GET /api/contacts": { items: [ANA], next_cursor: null },
    "GET /api/sequences": { items: [OUTREACH], next_cursor: null },
    "GET /api/inbox/dev": { available: false, items: [], next_before: null },
  });
});

afterEach(() => {
  closeHelp();
  closePalette();
});

describe("the keys of the frame", () => {
  it("go to a room by two keys", async () => {
    await visit("/dev-inbox");
    await screen.findByRole("heading", { level: 1, name: "Dev inbox" });
    await userEvent.keyboard("gk");
    expect(await screen.findByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
  });

  it("are listed by the question mark", async () => {
    await visit("/dev-inbox");
    await screen.findByRole("heading", { level: 1, name: "Dev inbox" });
    await userEvent.keyboard("?");
    const help = await screen.findByRole("dialog", { name: "Keys" });
    expect(help).toHaveTextContent("Go to Inboxgi");
    expect(help).toHaveTextContent("Search and actCtrlk");
  });
});

describe("the palette", () => {
  async function open(typed: string) {
    await visit("/dev-inbox");
    await screen.findByRole("heading", { level: 1, name: "Dev inbox" });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByPlaceholderText(/^Search people/), typed);
  }

  it("finds people and sequences on the server, which knows more names than one", async () => {
    await open("hal");
    expect(await screen.findByText("Ana Ruiz")).toBeVisible();
    expect(await screen.findByText("Founder outreach")).toBeVisible();
    await userEvent.click(screen.getByText("Ana Ruiz"));
    expect(await screen.findByRole("heading", { level: 1, name: "Contacts" })).toBeVisible();
  });

  it("goes to a room by its name", async () => {
    await open("suppr{Enter}");
    expect(await screen.findByRole("heading", { level: 1, name: "Suppressions" })).toBeVisible();
  });
});
