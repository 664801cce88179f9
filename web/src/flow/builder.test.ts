import { formatQuery, isRuleGroup, type RuleGroupType } from "react-querybuilder";
import { describe, expect, it } from "vitest";

import { OPERATORS_OF, type Condition, type Operator, type Rule, type RuleValue } from "./condition";
import { fromBuilder, toBuilder, type BuilderGroup } from "./testing/builder";

/** Numbers that look drawn by lot and are the same at every run (mulberry32). */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIELDS = {
  text: ["company", "custom.note"],
  number: ["custom.seats"],
  date: ["created_at"],
  boolean: ["custom.trial"],
  names: ["tag", "list"],
  event: ["event.replied", "event.opened"],
} as const;
const WITHOUT = ["is_empty", "is_not_empty", "happened", "not_happened"];
const VALUES: readonly RuleValue[] = ["vip", "", 0, 5, -0.5, true, false, ["a", "b"], [1, 2], []];

function pick<T>(from: readonly T[], chance: () => number): T {
  return from[Math.floor(chance() * from.length)] as T;
}

function aRule(chance: () => number): Rule {
  const type = pick(Object.keys(FIELDS) as (keyof typeof FIELDS)[], chance);
  const operator = pick<Operator>(OPERATORS_OF[type], chance);
  return {
    field: pick<string>(FIELDS[type], chance),
    operator,
    ...(WITHOUT.includes(operator) ? {} : { value: pick(VALUES, chance) }),
    ...(type === "event" && chance() < 0.5 ? { step: "hello" } : {}),
    ...(type === "event" && chance() < 0.5 ? { days: Math.floor(chance() * 30) } : {}),
  };
}

function aCondition(chance: () => number, depth = 3): Condition {
  const count = Math.floor(chance() * 4);
  return {
    ...(chance() < 0.5 ? { combinator: "or" as const } : {}),
    ...(chance() < 0.3 ? { negated: true } : {}),
    rules: Array.from({ length: count }, () =>
      depth > 0 && chance() < 0.4 ? aCondition(chance, depth - 1) : aRule(chance),
    ),
  };
}

describe("a condition in the builder and back", () => {
  it("is what it was, whatever it asks", () => {
    for (let seed = 0; seed < 2000; seed += 1) {
      const condition = aCondition(dice(seed));
      expect(fromBuilder(toBuilder(condition)), `seed ${String(seed)}`).toEqual(condition);
    }
  });

  it("is a group that the builder reads", () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const group = toBuilder(aCondition(dice(seed))) as unknown as RuleGroupType;
      expect(isRuleGroup(group)).toBe(true);
      expect(JSON.parse(formatQuery(group, "json_without_ids"))).toEqual(JSON.parse(JSON.stringify(group)));
    }
  });

  it("has its defaults spelled out there and left away here", () => {
    expect(toBuilder({})).toEqual({ combinator: "and", not: false, rules: [] });
    expect(fromBuilder({ combinator: "and", not: false, rules: [] })).toEqual({ rules: [] });
  });
});

describe("what a person leaves half done", () => {
  const held = (rule: object): BuilderGroup => ({
    combinator: "and",
    not: false,
    rules: [rule as BuilderGroup["rules"][number]],
  });

  it.each([
    [
      "an id is the builder's own",
      { id: "x", field: "company", operator: "equals", value: "a" },
      { value: "a" },
    ],
    ["a value beside an operator without one", { field: "company", operator: "is_empty", value: "a" }, {}],
    ["no value yet", { field: "company", operator: "equals", value: undefined }, {}],
    ["a value that no rule has", { field: "company", operator: "equals", value: { a: 1 } }, {}],
    ["a number that is none", { field: "company", operator: "equals", value: Number.NaN }, {}],
    ["a list with a gap", { field: "company", operator: "one_of", value: ["a", null] }, { value: ["a"] }],
    ["no step chosen", { field: "company", operator: "is_empty", step: "", days: null }, {}],
  ])("%s", (_, rule, more) => {
    const { field, operator } = rule;
    expect(fromBuilder(held(rule)).rules).toEqual([{ field, operator, ...more }]);
  });
});
