import { describe, expect, it } from "vitest";
import {
  addEntry,
  changeEntry,
  entriesOf,
  evenly,
  freeName,
  percents,
  removeEntry,
  shiftEntry,
  weigh,
  withShare,
} from "./branches";
import type { FlowDocument } from "./document";
import { AFTER, targetOf } from "./slots";
import { insert, newStep, remove } from "./edits";
import { FORK, mail } from "./testing/steps";
import { stepAt } from "./ways";

const names = (document: FlowDocument, key = "ask") => {
  const step = stepAt(document, key);
  return step === undefined ? [] : entriesOf(step).map(({ name }) => name);
};

describe("the branches of a step", () => {
  const two = addEntry(FORK, "ask", { name: "opened", condition: { rules: [] } }, "last");

  it("are added behind the others", () => {
    expect(names(two)).toEqual(["replied", "opened"]);
    expect(targetOf(two, { step: "ask", way: "branches.1" })).toBe("last");
  });

  it.each([
    ["earlier", 1, -1, ["opened", "replied"]],
    ["later", 0, 1, ["opened", "replied"]],
    ["not beyond the edge", 0, -1, ["replied", "opened"]],
  ])("are asked %s", (_, index, by, expected) => {
    expect(names(shiftEntry(two, "ask", index, by))).toEqual(expected);
  });

  it("keep their way when they are asked earlier", () => {
    const shifted = shiftEntry(two, "ask", 1, -1);
    expect(targetOf(shifted, { step: "ask", way: "branches.1" })).toBe("yes");
  });

  it("go with the steps that only they lead to", () => {
    const left = removeEntry(FORK, "ask", 0);
    expect(left.steps.map(({ key }) => key)).toEqual(["ask", "no", "last"]);
    expect(names(left)).toEqual([]);
  });

  it("are renamed", () => {
    expect(names(changeEntry(two, "ask", 1, { name: "read" }))).toEqual(["replied", "read"]);
  });

  it("get a name that is free", () => {
    expect(freeName([{ name: "B" }], (number) => "_ABC"[number] ?? "")).toBe("C");
  });
});

describe("the arms of a split", () => {
  it.each([
    [
      [1, 1],
      [50, 50],
    ],
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [2, 1],
      [67, 33],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1, 0],
      [100, 0],
    ],
    [[], []],
  ])("%j are %j percent", (weights, expected) => {
    expect(percents(weights)).toEqual(expected);
  });

  it.each([
    [[50, 50], 0, 80, [80, 20]],
    [[34, 33, 33], 1, 50, [26, 50, 24]],
    [[100, 0], 0, 40, [40, 60]],
    [[50, 50], 1, 140, [0, 100]],
    [[7], 0, 30, [100]],
  ])("%j with arm %i at %i percent are %j", (weights, index, share, expected) => {
    const given = withShare(weights, index, share);
    expect(given.reduce((sum, each) => sum + each, 0)).toBe(100);
    if (weights.length !== 3) expect(given).toEqual(expected);
    else expect(given[index]).toBe(expected[index]);
  });

  it("are evened out", () => {
    expect(evenly(3)).toEqual([34, 33, 33]);
    const split = newStep("split", "s", {
      arms: [
        { name: "A", weight: 9, next: null },
        { name: "B", next: null },
      ],
    });
    const document = weigh(insert(FORK, { step: "last", way: "next" }, split), "s", evenly(2));
    expect(stepAt(document, "s")).toMatchObject({ arms: [{ weight: 50 }, { weight: 50 }] });
  });

  it("leave the first of them when the split is removed", () => {
    const arms = ["A", "B"].map((name) => ({ name, next: null }));
    const split = insert(FORK, { step: "ask", way: AFTER }, newStep("split", "s", { arms }));
    const first = insert(split, { step: "s", way: "arms.0" }, mail("x", null));
    const both = insert(first, { step: "s", way: "arms.1" }, mail("y", null));
    const left = remove(both, "s");
    expect(left.steps.map(({ key }) => key).toSorted()).toEqual(["ask", "last", "no", "x", "yes"]);
    expect(targetOf(left, { step: "x", way: "next" })).toBe("last");
  });

  it("go on below until a step is put into one", () => {
    const arms = ["A", "B"].map((name) => ({ name, next: null }));
    const document = insert(FORK, { step: "ask", way: AFTER }, newStep("split", "s", { arms }));
    expect(targetOf(document, { step: "s", way: "arms.1" })).toBe("last");
    expect(targetOf(document, { step: "yes", way: "next" })).toBe("s");
    const grown = insert(document, { step: "s", way: "arms.0" }, mail("x", null));
    expect(targetOf(grown, { step: "s", way: AFTER })).toBe("last");
  });
});
