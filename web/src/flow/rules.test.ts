import { describe, expect, it } from "vitest";
import type { Condition, Rule } from "./condition";
import {
  addAt,
  askedAs,
  isComplete,
  joinAt,
  joinOf,
  narrowed,
  pathWords,
  putAt,
  removeAt,
  ruleOn,
  rulesOf,
} from "./rules";

const STAGE: Rule = { field: "stage", operator: "equals", value: "won" };
const REPLIED: Rule = { field: "event.replied", operator: "happened", step: "intro" };
const NESTED: Condition = { combinator: "or", rules: [STAGE, { negated: true, rules: [REPLIED] }] };

/** The entry at a path; [] is the condition itself. */
function entryAt(condition: Condition, path: readonly number[]): Rule | Condition | undefined {
  return path.reduce<Rule | Condition | undefined>(
    (entry, index) => (entry !== undefined && "rules" in entry ? entry.rules[index] : undefined),
    condition,
  );
}

describe("a condition", () => {
  it("is read by paths", () => {
    expect(rulesOf(NESTED).map(({ path }) => pathWords(path))).toEqual(["rules[0]", "rules[1].rules[0]"]);
  });

  it("is changed where the path leads and nowhere else", () => {
    const changed = putAt(NESTED, [1, 0], (entry) => ({ ...entry, operator: "not_happened" }));
    expect(entryAt(changed, [1, 0])).toEqual({ ...REPLIED, operator: "not_happened" });
    expect(entryAt(changed, [0])).toBe(STAGE);
    expect(putAt(NESTED, [7], () => STAGE)).toBe(NESTED);
  });

  it("loses a group with its last rule", () => {
    expect(removeAt(NESTED, [1, 0]).rules).toEqual([STAGE]);
    expect(removeAt(NESTED, [0]).rules).toEqual([{ negated: true, rules: [REPLIED] }]);
  });

  it("grows within a group", () => {
    expect(entryAt(addAt(NESTED, [1], STAGE), [1, 1])).toBe(STAGE);
    expect(addAt({}, [], STAGE)).toEqual({ rules: [STAGE] });
  });

  it.each(["all", "any", "not_all", "none"] as const)("is joined by %s", (join) => {
    const joined = joinAt(NESTED, [], join);
    expect(joinOf(joined)).toBe(join);
    expect(joined.rules).toBe(NESTED.rules);
  });

  it("writes no defaults", () => {
    expect(joinAt(NESTED, [], "all")).toEqual({ rules: NESTED.rules });
  });
});

describe("a rule", () => {
  it.each([
    ["a text", "stage", "text", { field: "stage", operator: "equals", value: "" }],
    ["yes or no", "custom.vip", "boolean", { field: "custom.vip", operator: "equals", value: true }],
    ["an event", "event.replied", "event", { field: "event.replied", operator: "happened" }],
  ] as const)("begins with what is mostly asked: %s", (_, field, type, expected) => {
    expect(ruleOn(field, type)).toEqual(expected);
  });

  it.each([
    ["keeps a value that fits", "not_equals", { field: "stage", operator: "not_equals", value: "won" }],
    ["makes a list of one", "one_of", { field: "stage", operator: "one_of", value: ["won"] }],
    ["drops what is not asked", "is_empty", { field: "stage", operator: "is_empty" }],
  ] as const)("asked otherwise %s", (_, operator, expected) => {
    expect(askedAs(STAGE, "text", operator)).toEqual(expected);
  });

  it("takes the first of a list where one is asked", () => {
    const many: Rule = { field: "stage", operator: "one_of", value: ["won", "lost"] };
    expect(askedAs(many, "text", "equals").value).toBe("won");
  });

  it("keeps to what it was narrowed", () => {
    expect(askedAs(REPLIED, "event", "not_happened")).toEqual({ ...REPLIED, operator: "not_happened" });
    expect(narrowed(REPLIED, { step: null, days: 7 })).toEqual({
      field: "event.replied",
      operator: "happened",
      days: 7,
    });
  });

  it.each([
    [{ field: "stage", operator: "equals", value: "" }, false],
    [{ field: "stage", operator: "is_empty" }, true],
    [{ field: "custom.seats", operator: "between", value: [1, ""] }, false],
    [{ field: "custom.seats", operator: "between", value: [1, 2] }, true],
    [{ field: "tag", operator: "one_of", value: [] }, false],
    [{ field: "custom.vip", operator: "equals", value: false }, true],
  ] as const)("%j is complete: %s", (rule, expected) => {
    expect(isComplete(rule)).toBe(expected);
  });
});
