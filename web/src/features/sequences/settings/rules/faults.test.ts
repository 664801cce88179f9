import { describe, expect, it } from "vitest";
import { faultsAt, faultsBesideRules } from "./faults";

const FAULTS = {
  "triggers.any[0].becomes.rules[1].value": "No such stage.",
  "triggers.any[0].becomes.rules": "Too many.",
  "triggers.any[10].name": "Name the field.",
};
const TWO = {
  rules: [
    { field: "stage", operator: "equals", value: "a" },
    { field: "stage", operator: "equals", value: "b" },
  ],
} as const;

describe("a fault stands at its place", () => {
  it("and at no other that begins alike", () => {
    expect(faultsAt(FAULTS, "triggers.any[1]")).toEqual([]);
    expect(faultsAt(FAULTS, "triggers.any[10]")).toEqual(["Name the field."]);
    expect(faultsAt(FAULTS, "triggers.any[0].becomes.rules[1]")).toEqual(["No such stage."]);
  });

  it("beside the rules where it belongs to none of them", () => {
    expect(faultsBesideRules(FAULTS, "triggers.any[0].becomes", TWO)).toEqual(["Too many."]);
  });
});
