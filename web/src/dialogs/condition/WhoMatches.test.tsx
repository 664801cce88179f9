import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import { serve } from "@/app/testing/server";
import { SESSION } from "@/app/testing/session";
import type { Condition, Rule } from "@/flow/condition";
import { WhoMatches, withoutMessages } from "./WhoMatches";

const LEADS: Rule = { field: "stage", operator: "equals", value: "lead" };
const HALDEN: Rule = { field: "company", operator: "equals", value: "Halden" };
const REPLIED: Rule = { field: "event.replied", operator: "happened" };
const NOBODY = { count: 0, is_more: false, examples: [], problems: [], unmet: [], has_contacts: true };
const ten = Array.from({ length: 10 }, (_, n) => ({
  id: n + 1,
  name: `Ana ${n + 1}`,
  email: `ana${n + 1}@halden.test`,
  company: "Halden",
}));

async function drawn(condition: Condition, matches: object, isOfFlow = true) {
  const asked = serve({
    "GET /api/session": SESSION,
    "GET /api/flow-names": { sequences: [], tags: [], lists: [], fields: [] },
    "POST /api/conditions/matches": { ...NOBODY, ...matches },
  });
  await draw(<WhoMatches condition={condition} isOfFlow={isOfFlow} />);
  return asked;
}

it("names ten of them, each with the way to their page, and how many there are", async () => {
  await drawn({ rules: [LEADS] }, { count: 10_000, is_more: true, examples: ten });
  expect(await screen.findByText("More than 10,000 contacts")).toBeVisible();
  const people = screen.getAllByRole("link");
  expect(people).toHaveLength(10);
  expect(people[9]).toHaveAttribute("href", "/contacts/10");
});

it.each([
  ["that there are no contacts", { has_contacts: false }, /Nobody fits: there are/],
  ["which rule nobody meets", { unmet: [1] }, /no contact meets this rule, even alone: Company is “Halden”/],
  ["that the rules shut one another out", {}, /nobody meets all of them/],
])("says why nobody fits: %s", async (_, matches, words) => {
  await drawn({ rules: [LEADS, HALDEN] }, matches);
  expect(await screen.findByText(words)).toBeVisible();
});

it("counts what stands for itself, and says that messages are not counted yet", async () => {
  await drawn({ rules: [REPLIED, LEADS] }, { count: 3, examples: ten.slice(0, 3) });
  expect(await screen.findByText("3 contacts")).toBeVisible();
  expect(screen.getByText(/not counted here/)).toBeVisible();
});

it("asks nobody where only messages of the enrollment are asked about", async () => {
  const asked = await drawn({ rules: [REPLIED] }, {});
  expect(await screen.findByText(/shows itself as people run/)).toBeVisible();
  expect(asked).not.toContain("POST /api/conditions/matches");
});

it.each([
  ["all of it", { rules: [LEADS, HALDEN] }, { rules: [LEADS, HALDEN] }],
  ["what is left", { rules: [LEADS, { rules: [REPLIED] }] }, { rules: [LEADS] }],
  ["nothing of alternatives", { combinator: "or", rules: [LEADS, REPLIED] }, undefined],
  ["nothing of what is turned round", { negated: true, rules: [LEADS, REPLIED] }, undefined],
  ["nothing where nothing is left", { rules: [REPLIED] }, undefined],
] as const)("counts of a condition %s", (_, condition, counted) => {
  expect(withoutMessages(condition)).toEqual(counted);
});

it("opens a contact", async () => {
  await drawn({ rules: [LEADS] }, { count: 1, examples: ten.slice(0, 1) }, false);
  const person = await screen.findByRole("link", { name: "Ana 1" });
  fireEvent.click(person);
  expect(person).toHaveAttribute("title", "ana1@halden.test · Halden");
});
