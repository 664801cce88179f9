import { expect, it } from "vitest";
import { linesOf, tableOf } from "./prices";

it.each([
  ["+49 = 0.0875", { "+49": "0.0875" }],
  ["+49 0,0875\n\n +1: 0.0083 ", { "+49": "0.0875", "+1": "0.0083" }],
  ["", {}],
  ["germany is dear", { germany: "is dear" }],
])("reads %j", (lines, table) => {
  expect(tableOf(lines)).toEqual(table);
});

it("reads what it writes", () => {
  const table = { "+1": "0.0083", "+1876": "0.2" };
  expect(tableOf(linesOf(table))).toEqual(table);
  expect(linesOf(undefined)).toBe("");
});
