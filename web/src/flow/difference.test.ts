import { describe, expect, it } from "vitest";
import { differences } from "./difference";
import { change, insert, remove, reorder } from "./edits";
import type { FlowDocument } from "./document";
import { lineOf, mail } from "./testing/steps";

const ABC = lineOf("a", "b", "c");
const said = (after: FlowDocument) =>
  differences(ABC, after).map((each) =>
    "fields" in each ? `${each.step.key} ${each.fields.join(" ")}` : `${each.step.key} ${each.change}`,
  );

describe("the difference of two documents", () => {
  it.each<[string, FlowDocument, string[]]>([
    ["nothing", structuredClone(ABC), []],
    ["an added step alone", insert(ABC, { step: "a", way: "next" }, mail("x", null)), ["x added"]],
    ["a removed step alone", remove(ABC, "b"), ["b removed"]],
    ["changed fields", change(ABC, "b", { delay: "3d", name: "B" }), ["b delay name"]],
    ["another order", reorder(ABC, "a", 1), ["b moved", "a moved"]],
  ])("says %s", (_, after, expected) => {
    expect(said(after)).toEqual(expected);
  });

  it("does not mind the order in which fields are written", () => {
    const turned = {
      ...ABC,
      steps: ABC.steps.map((step) => Object.fromEntries(Object.entries(step).reverse())),
    };
    expect(said(turned as unknown as FlowDocument)).toEqual([]);
  });
});
