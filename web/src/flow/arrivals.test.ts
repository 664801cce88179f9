import { describe, expect, it } from "vitest";
import { arrive, growth, isFresh, sampled } from "./arrivals";

describe("arrivals", () => {
  it("are nothing new on the first look", () => {
    expect(isFresh(arrive(undefined, [1, 2], 5_000), 2, 5_000, 1_000)).toBe(false);
  });

  it("are fresh for a while once the page is open", () => {
    const seen = arrive(arrive(undefined, [1], 5_000), [2, 1], 6_000);
    expect(isFresh(seen, 2, 6_500, 1_000)).toBe(true);
    expect(isFresh(seen, 2, 7_000, 1_000)).toBe(false);
    expect(isFresh(seen, 1, 6_000, 1_000)).toBe(false);
  });

  it("keep their moment over later looks, and go with the list", () => {
    const first = arrive(arrive(undefined, [], 1), [7], 2_000);
    expect(arrive(first, [7], 3_000).get(7)).toBe(2_000);
    expect(arrive(first, [8], 3_000).has(7)).toBe(false);
  });
});

describe("the growth of a count", () => {
  it("is unknown at first", () => {
    expect(growth(sampled(sampled([], 5, 0), 9, 9_999))).toBeUndefined();
  });

  it("is what came within a minute", () => {
    let samples = sampled([], 5, 0);
    samples = sampled(samples, 9, 30_000);
    samples = sampled(samples, 20, 61_000);
    expect(growth(samples)).toBe(11);
  });
});
