import { describe, expect, it } from "vitest";
import { DEFAULTS, filterOf, isNarrowed, sortOf, written } from "./filter";

describe("filters in the address", () => {
  it.each([
    ["nothing narrows nothing", {}, { q: "", enrolled: "" }],
    ["a search", { q: "ana" }, { q: "ana", enrolled: "" }],
    ["paused ones", { show: "paused" }, { q: "", enrolled: "yes", state: "paused" }],
    ["never enrolled", { show: "never" }, { q: "", enrolled: "never" }],
    ["nobody's, by 0", { owner: "0" }, { q: "", enrolled: "", owner_id: 0 }],
    ["a list and a stage", { list: "7", stage: "Won" }, { q: "", enrolled: "", list_id: 7, stage: "Won" }],
    ["what is mistyped is left out", { list: "x", tag: "-1", show: "?" }, { q: "", enrolled: "" }],
  ])("%s", (_, values, filter) => {
    expect(filterOf({ ...DEFAULTS, ...values })).toEqual(filter);
  });

  it("knows an order, else takes the newest first", () => {
    expect(sortOf({ ...DEFAULTS, sort: "-name" })).toBe("-name");
    expect(sortOf({ ...DEFAULTS, sort: "email" })).toBe("newest");
  });

  it("tells a narrowed table from an ordered one", () => {
    expect(isNarrowed({ ...DEFAULTS, sort: "name" })).toBe(false);
    expect(isNarrowed({ ...DEFAULTS, tag: "3" })).toBe(true);
  });

  it("is written without what is as always", () => {
    expect(written({ ...DEFAULTS, q: "ana ruiz", sort: "name" })).toBe("q=ana+ruiz&sort=name");
  });
});
