import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Letter, OpenedLetter } from "@/api/types";
import { serve } from "./testing/server";
import { visit } from "./testing/visit";

const LETTER: Letter = {
  id: 7,
  at: "2026-11-24T14:05:32Z",
  sender: "robin@demo.drumbeat.test",
  recipient: "ana.ruiz@tallow.test",
  subject: "A quick idea",
  answer: "reply",
  answered_at: "2026-11-24T14:06:00Z",
};
const OPENED: OpenedLetter = {
  ...LETTER,
  answered: "Thursday works.",
  headers: [{ name: "Message-ID", value: "<abc@demo.drumbeat.test>" }],
  text: "Good morning",
  html: "<p>Good <b>morning</b></p>",
  source: "Subject: A quick idea\n\nGood morning",
};

function page(items: readonly Letter[], available = true) {
  return { available, items, next_before: null };
}

it("lists what arrived and opens one with its headers and its source", async () => {
  serve({ "GET /api/inbox/dev": page([LETTER]), "GET /api/inbox/dev/7": OPENED });
  await visit("/dev-inbox");
  await userEvent.click(await screen.findByRole("link", { name: /ana.ruiz@tallow.test/ }));
  expect(await screen.findByRole("heading", { level: 2, name: "A quick idea" })).toBeVisible();
  expect(screen.getByText("Thursday works.")).toBeVisible();
  await userEvent.click(screen.getByRole("tab", { name: "Headers" }));
  expect(screen.getByText("<abc@demo.drumbeat.test>")).toBeVisible();
  await userEvent.click(screen.getByRole("tab", { name: "Source" }));
  expect(screen.getByText(/Subject: A quick idea/)).toBeVisible();
});

it("shows a mail in a frame that may run and fetch nothing", async () => {
  serve({ "GET /api/inbox/dev": page([LETTER]), "GET /api/inbox/dev/7": OPENED });
  await visit("/dev-inbox/7");
  const frame = await screen.findByTitle("The mail as its reader sees it");
  expect(frame).toHaveAttribute("sandbox", "");
  expect(frame.getAttribute("srcdoc")).toContain("<b>morning</b>");
});

it("says that a mail is no longer kept", async () => {
  serve({ "GET /api/inbox/dev": page([LETTER]) });
  await visit("/dev-inbox/3");
  expect(await screen.findByText("This mail is no longer kept")).toBeVisible();
});

it.each([
  ["before the first mail", page([]), "No mail yet"],
  ["outside the demo", page([], false), "Only in the demo"],
])("teaches what lands here %s", async (_, answered, title) => {
  serve({ "GET /api/inbox/dev": answered });
  await visit("/dev-inbox");
  expect(await screen.findByText(title)).toBeVisible();
});
