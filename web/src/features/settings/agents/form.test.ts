import { expect, it } from "vitest";
import { bodyOf, typedOf } from "./form";

it("asks a person before each message of a new agent", () => {
  const body = bodyOf({ ...typedOf(undefined), name: " Mira " });
  expect(body).toMatchObject({
    name: "Mira",
    autonomy: "assisted",
    facts: [],
    drafts_per_day: null,
    cost_per_day: null,
  });
  expect(new Set(Object.values(body.policies))).toEqual(new Set(["approval"]));
});

it("takes an item per line, and a comma for a point", () => {
  const typed = {
    ...typedOf(undefined),
    facts: " One.\n\nTwo. \n",
    cost_per_day: "2,50",
    drafts_per_day: 20,
  };
  expect(bodyOf(typed)).toMatchObject({ facts: ["One.", "Two."], cost_per_day: "2.50", drafts_per_day: 20 });
});

it("gives back what it was made of", () => {
  const typed = { ...typedOf(undefined), name: "Mira", facts: "One.\nTwo.", links: "https://a.test/x" };
  const stored = {
    ...bodyOf(typed),
    id: 1,
    is_default: true,
    today: { drafts: 0, cost: null },
    approved: {},
    waiting: 0,
    sequences: [],
    created_at: "",
    updated_at: "",
  };
  expect(typedOf(stored)).toEqual(typed);
});
