import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import { isWhole } from "./Asks";
import { Component as NewSegment } from "./NewSegmentPage";
import { Component as Segments } from "./SegmentsPage";

const TRIAL = {
  id: 3,
  name: "Trials",
  condition: { combinator: "and", rules: [{ field: "tag", operator: "equals", value: "trial" }] },
  problems: [],
  created_at: "2026-11-20T10:00:00Z",
  updated_at: "2026-11-20T10:00:00Z",
};
const RIGHTS = ["contacts.view", "contacts.create", "contacts.edit", "enrollments.create"];
const SERVED = {
  "GET /api/session": { ...SESSION, rights: RIGHTS },
  "GET /api/segments": { items: [TRIAL], next_cursor: null },
  "GET /api/segments/3/count": { count: 44, is_more: false },
  "POST /api/segments": TRIAL,
  "POST /api/conditions/matches": {
    count: 44,
    is_more: false,
    examples: [{ id: 1, name: "Ana Ruiz", email: "ana@halden.test", company: "Halden Freight" }],
    problems: [],
  },
};

it("says of each segment who belongs to it, and how many now", async () => {
  serve(SERVED);
  await draw(<Segments />, { address: "/lists/segments" });
  expect(await screen.findByText("44")).toBeVisible();
  expect(screen.getByText("Tag is “trial”")).toBeVisible();
});

it("is made of a name and a complete condition, and says meanwhile who fits", async () => {
  const asked = serve(SERVED);
  const { router } = await draw(<NewSegment />, { address: "/lists/segments/new" });
  const make = (await screen.findByText("Make segment")).closest("button");
  fireEvent.change(screen.getByPlaceholderText("Founders without a meeting"), {
    target: { value: "Trials" },
  });
  expect(make).toBeDisabled();
  fireEvent.change(screen.getByPlaceholderText("Value"), { target: { value: "trial" } });
  expect(await screen.findByText("Ana Ruiz")).toBeVisible();
  fireEvent.submit(screen.getByPlaceholderText("Value"));
  await expect.poll(() => router.state.location.pathname, { timeout: 5_000 }).toBe("/lists/segments/3");
  expect(asked).toContain("POST /api/segments");
});

it("gives back a rule that was taken out", async () => {
  serve(SERVED);
  await draw(<NewSegment />, { address: "/lists/segments/new" });
  fireEvent.click(await screen.findByText("Add a rule"));
  fireEvent.click(screen.getAllByLabelText("Remove the rule")[0] ?? document.body);
  expect(screen.getAllByPlaceholderText("Value")).toHaveLength(1);
  fireEvent.click(screen.getByText("Undo"));
  expect(screen.getAllByPlaceholderText("Value")).toHaveLength(2);
  expect(screen.queryByText("Undo")).toBeNull();
});

it.each([
  ["nothing", { rules: [] }, false],
  ["a rule without its value", { rules: [{ field: "tag", operator: "equals", value: "" }] }, false],
  ["a complete rule", { rules: [{ field: "tag", operator: "equals", value: "trial" }] }, true],
] as const)("asks %s: %o", (_, condition, isComplete) => {
  expect(isWhole(condition)).toBe(isComplete);
});
