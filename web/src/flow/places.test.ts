import { expect, it } from "vitest";
import { placeOf, problemsAt } from "./places";

const at = (path: string) => ({ path });

it("finds the problems of a field and of what is within it", () => {
  const found = [
    "steps[2].branches[0].condition.rules[1].value",
    "steps[2].branches[0].name",
    "steps[2]",
  ].map(at);
  expect(problemsAt(found, "branches[0]")).toHaveLength(2);
  expect(problemsAt(found, "branches[0].name")).toEqual([at("steps[2].branches[0].name")]);
  expect(problemsAt(found, "branches")).toHaveLength(2);
  expect(problemsAt(found, "branch")).toEqual([]);
  expect(found.map(placeOf)[2]).toBe("");
});
