import { expect, it } from "vitest";
import { interval } from "./rate";

it.each([
  ["a usual rate", 118, 1_000, [9.9, 13.9]],
  ["nobody of ten", 0, 10, [0, 27.8]],
  ["everybody of ten", 10, 10, [72.2, 100]],
])("says how sure a rate is: %s", (_, hits, total, expected) => {
  const found = interval(hits, total);
  expect([found?.low, found?.high].map((share) => Math.round((share ?? 0) * 1_000) / 10)).toEqual(expected);
});

it("says nothing about nothing", () => {
  expect(interval(0, 0)).toBeUndefined();
});
