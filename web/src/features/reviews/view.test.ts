import { describe, expect, it } from "vitest";
import type { Review } from "@/api/reviews";
import { firstOf, nextOf, waitOf } from "./view";

const HELLO = { step: "hello", kind: "email", job_type: "initial_outreach", day: 0, mark: "now" } as const;
const CALL = { step: "call", kind: "task", job_type: "", day: 2, mark: "ahead" } as const;

function waiting(step: string, strip: Review["strip"]): Review {
  return { step, strip } as Review;
}

describe("what comes first", () => {
  it("is the step at hand where it reaches the person", () => {
    expect(firstOf(waiting("hello", [HELLO, CALL]))).toMatchObject({ step: "hello", isSure: true });
  });

  it("is the first on the usual way where a decision comes before it", () => {
    expect(firstOf(waiting("is_customer", [CALL]))).toMatchObject({ step: "call", isSure: false });
  });

  it("is nothing where no step reaches anybody", () => {
    expect(firstOf(waiting("end", []))).toBeUndefined();
  });

  it.each([
    [0, { unit: "atOnce" }],
    [0.01, { unit: "atOnce" }],
    [0.25, { unit: "hours", count: 6 }],
    [4, { unit: "days", count: 4 }],
  ])("after %s days is said as %o", (day, said) => {
    expect(waitOf({ ...HELLO, day, isSure: true })).toEqual(said);
  });
});

describe("who is next once some are decided", () => {
  it.each([
    ["the one below", [1, 2, 3], 1, [1], 2],
    ["the last one left", [1, 2, 3], 3, [3], 2],
    ["nobody", [1], 1, [1], undefined],
    ["the first that stays below", [1, 2, 3, 4], 2, [2, 3], 4],
  ])("is %s", (_, ids, here, gone, next) => {
    expect(nextOf(ids, here, new Set(gone))).toBe(next);
  });
});
