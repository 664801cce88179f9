import { expect, it } from "vitest";
import { FORK } from "@/flow/testing/steps";
import { sharesOf } from "./CanvasNumbers";

const NOBODY = { step: "ask", came: 4, waiting: 0, done: 0, replied: 0, skipped: [], failed: [] };

it("says of each way out of a fork which share of those who went on took it", () => {
  const ways = [
    { name: "else", people: 3 },
    { name: "replied", people: 1 },
  ];
  const truth = { sequenceId: 1, numbers: new Map([["ask", { ...NOBODY, ways }]]), simulated: undefined };
  expect(Object.fromEntries(sharesOf(truth, FORK))).toEqual({ "ask:branches.0": 0.25, "ask:next": 0.75 });
});

it("says nothing of a fork that nobody passed", () => {
  const truth = { sequenceId: 1, numbers: new Map([["ask", { ...NOBODY, ways: [] }]]), simulated: undefined };
  expect(sharesOf(truth, FORK).size).toBe(0);
});
