import { describe, expect, it } from "vitest";
import { begun, choicesOf, hasAddress, IGNORED, retarget, retype } from "./choices";

const COLUMNS = begun([
  { name: "E-Mail", samples: ["a@x.test"], target: "email", type: "text", is_new: false },
  { name: "Team size", samples: ["140"], target: "custom.team_size", type: "number", is_new: true },
  { name: "", samples: [], target: "custom.column_3", type: "text", is_new: true },
]);
const OPTIONS = { onDuplicate: "fill", list: "Fair", tags: ["vip"] } as const;

describe("the columns of a file", () => {
  it("begin as the server takes them; an empty one is left out", () => {
    expect(COLUMNS.map(({ name, target }) => [name, target])).toEqual([
      ["E-Mail", "email"],
      ["Team size", "custom.team_size"],
      ["#3", IGNORED],
    ]);
  });

  it("never share a target", () => {
    const moved = retarget(COLUMNS, 1, "email");
    expect(moved.map(({ target }) => target)).toEqual([IGNORED, "email", IGNORED]);
    expect(hasAddress(retarget(moved, 1, IGNORED))).toBe(false);
  });

  it("become fields of their type unless the field is there", () => {
    const choices = choicesOf(retype(COLUMNS, 1, "text"), new Set(), { ...OPTIONS, tags: ["vip"] });
    expect(choices.new_fields).toEqual({ team_size: { label: "Team size", type: "text" } });
    expect(choicesOf(COLUMNS, new Set(["team_size"]), { ...OPTIONS, tags: [] }).new_fields).toEqual({});
    expect(choices.targets).toEqual(["email", "custom.team_size", ""]);
  });
});
