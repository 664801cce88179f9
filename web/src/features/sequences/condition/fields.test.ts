import { describe, expect, it } from "vitest";
import type { Rule } from "@/flow/condition";
import { operatorsOf, readValue, ruleOn, writtenValue } from "./fields";

describe("a rule", () => {
  it.each([
    ["stage", "equals"],
    ["event.replied", "happened"],
    ["tag", "equals"],
    ["custom.seats", "equals"],
  ])("about %s begins with %s", (field, operator) => {
    expect(ruleOn(field).operator).toBe(operator);
  });

  it("offers every comparison for own fields, whose type only the server knows", () => {
    expect(operatorsOf("custom.seats")).toEqual(expect.arrayContaining(["less", "contains", "within_days"]));
    expect(operatorsOf("stage")).not.toContain("less");
  });

  it.each<[Rule, string, unknown]>([
    [{ field: "stage", operator: "one_of" }, "lead, won", ["lead", "won"]],
    [{ field: "created_at", operator: "within_days" }, "30", 30],
    [{ field: "custom.seats", operator: "greater" }, "20", 20],
    [{ field: "custom.seats", operator: "between" }, "5, 20", [5, 20]],
    [{ field: "company", operator: "equals" }, "42", "42"],
    [{ field: "created_at", operator: "less" }, "2026-03-01", "2026-03-01"],
  ])("%j reads %j", (rule, text, value) => {
    expect(readValue(text, rule)).toEqual(value);
    expect(writtenValue(readValue(text, rule))).toBe(text);
  });
});
