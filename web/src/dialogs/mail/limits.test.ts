import { describe, expect, it } from "vitest";
import { LIMITS } from "@/api/attachments";
import { split } from "./limits";

const file = (name: string, size: number) => ({ name, size });
const MEGA = 1_024 * 1_024;

describe("what a mail takes along", () => {
  it.each([
    ["all that fit", [], [file("a", 1), file("b", 2)], ["a", "b"], []],
    ["no empty file", [], [file("a", 0)], [], ["none"]],
    ["none that is too large", [], [file("a", LIMITS.each + 1), file("b", LIMITS.each)], ["b"], ["each"]],
    [
      "no more than fit together",
      [file("x", 9 * MEGA)],
      [file("a", 7 * MEGA), file("b", 6 * MEGA)],
      ["b"],
      ["all"],
    ],
    [
      "no more than ten",
      Array.from({ length: LIMITS.files - 1 }, () => file("x", 1)),
      [file("a", 1), file("b", 1)],
      ["a"],
      ["count"],
    ],
  ])("takes %s", (_, there, chosen, names, reasons) => {
    const { taken, refused } = split(there, chosen);
    expect(taken.map(({ name }) => name)).toEqual(names);
    expect(refused.map(({ why }) => why)).toEqual(reasons);
  });
});
