import { expect, it } from "vitest";
import { changesOf } from "./audit";

it.each([
  ["from one value to another", { cap_per_day: 50 }, { cap_per_day: 80 }, ["cap per day: 50 → 80"]],
  ["to nothing", { cap_per_day: 50 }, { cap_per_day: null }, ["cap per day: 50 → –"]],
  ["new", {}, { role: "rep", rights: [] }, ["role: rep", "rights: –"]],
  ["a list", { rights: ["a"] }, { rights: ["a", "b"] }, ["rights: a → a, b"]],
  [
    "only what differs",
    { role: "rep", is_active: true },
    { role: "rep", is_active: false },
    ["is active: true → false"],
  ],
])("says what changed: %s", (_, before, after, said) => {
  expect(changesOf(before, after)).toEqual(said);
});
