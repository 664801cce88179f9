import { describe, expect, it } from "vitest";
import type { Step } from "@/flow/document";
import { behind, figuresOf, nameOfWay, shareOf, waysTaken } from "./figures";

const NUMBERS = {
  step: "hello",
  waiting: 2,
  done: 5,
  replied: 0,
  came: 9,
  skipped: [{ name: "no_address", people: 1 }],
  failed: [],
  ways: [
    { name: "clicked", people: 4 },
    { name: "else", people: 1 },
  ],
};

describe("the numbers of a step", () => {
  it("are said one by one, and what is nothing is not said", () => {
    expect(figuresOf(NUMBERS).map(({ name, count }) => [name, count])).toEqual([
      ["waiting", 2],
      ["done", 5],
      ["skipped", 1],
    ]);
  });

  it("name the ways, and the share that each took", () => {
    expect(waysTaken(NUMBERS).map(({ reason }) => reason)).toEqual(["clicked", "else"]);
    expect(shareOf({ clicked: 4, else: 1 }, "clicked")).toBe(80);
    expect(shareOf({ clicked: 4, else: 1 }, "never")).toBe(0);
    expect(shareOf({}, "clicked")).toBeUndefined();
    expect(shareOf({ clicked: 0 }, "clicked")).toBeUndefined();
  });

  it.each([
    [{ a: 475, b: 525 }, [48, 52]],
    [{ a: 1, b: 1, c: 1 }, [34, 33, 33]],
    [{ a: 0, b: 1, c: 199 }, [0, 1, 99]],
    [{ a: 1, b: 999 }, [0, 100]],
  ])("share out a hundred, no more and no less: %o", (ways, shares) => {
    expect(Object.keys(ways).map((name) => shareOf(ways, name))).toEqual(shares);
    expect(shares.reduce((sum, share) => sum + share)).toBe(100);
  });

  it.each([
    ["waiting", "", "step=a"],
    ["done", "", "met=done&met_step=a"],
    ["skipped", "no_address", "met=skipped&met_step=a&met_reason=no_address"],
    ["way", "a & b", "met=way&met_step=a&met_reason=a+%26+b"],
  ] as const)("open the people behind %s", (name, reason, query) => {
    expect(behind(7, "a", { name, reason, count: 1 })).toBe(`/sequences/7/enrollments?${query}`);
  });
});

describe("a way", () => {
  it.each([
    [{ kind: "condition", branches: [{ name: "clicked" }] }, "branches.0", "clicked"],
    [{ kind: "condition", branches: [] }, "next", "else"],
    [{ kind: "split", arms: [{ name: "A" }, { name: "B" }] }, "arms.1", "B"],
    [{ kind: "wait_for", event: "replied" }, "next", "replied"],
    [{ kind: "wait_for", event: "replied" }, "timed_out", "timed_out"],
    [{ kind: "ai_decide", branches: [] }, "next", "else"],
    [{ kind: "ai_qualify" }, "unclear", "unclear"],
  ])("of %o by %s is counted as %s", (step, way, name) => {
    expect(nameOfWay({ key: "a", ...step } as unknown as Step, way)).toBe(name);
  });
});
