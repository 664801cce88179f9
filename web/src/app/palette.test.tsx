import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { closeHelp } from "./help";
import { closePalette } from "./palette";
import { serve } from "./testing/server";
import { SESSION } from "./testing/session";
import { visit } from "./testing/visit";

const ANA = { id: 7, name: "Ana Ruiz", email: "ana@halden.test", company: "Halden Freight" };
/** The room loads its code before its address counts. */
const WAIT = { timeout: 10_000 };
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
    const { router } = await visit("/dev-inbox");
    await screen.findByRole("heading", { level: 1, name: "Dev inbox" });
    await userEvent.keyboard("gk");
    await expect.poll(() => router.state.location.pathname, WAIT).toBe("/tasks");
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
    const { router } = await visit("/dev-inbox");
    await screen.findByRole("heading", { level: 1, name: "Dev inbox" });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(await screen.findByPlaceholderText(/^Search people/), typed);
    return router;
  }

  it("finds people and sequences on the server, which knows more names than one", async () => {
    const router = await open("hal");
    expect(await screen.findByText("Ana Ruiz")).toBeVisible();
    expect(await screen.findByText("Founder outreach")).toBeVisible();
    await userEvent.click(screen.getByText("Ana Ruiz"));
    await expect.poll(() => router.state.location.pathname, WAIT).toBe("/contacts/7");
  });

  it("goes to a room by its name", async () => {
    const router = await open("suppr{Enter}");
    await expect.poll(() => router.state.location.pathname, WAIT).toBe("/suppressions");
  });
});
