import { describe, expect, it } from "vitest";
import { EMPTY } from "@/flow/edits";
import { keepReplaced, replacedOf } from "./replaced";

function shelf() {
  const held = new Map<string, string>();
  return {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => void held.set(name, value),
  };
}

const REPLACED = { at: "2026-11-22T10:00:00Z", document: EMPTY };

describe("the working copy that was replaced", () => {
  it("is there for whom it was kept, and for that sequence", () => {
    const storage = shelf();
    expect(keepReplaced(storage, 1, 7, REPLACED)).toBe(true);
    expect(replacedOf(storage, 1, 7)).toEqual(REPLACED);
    expect(replacedOf(storage, 2, 7)).toBeUndefined();
    expect(replacedOf(storage, 1, 8)).toBeUndefined();
  });

  it.each([
    "",
    "{",
    "null",
    '{"at": "now"}',
    '{"at": 1, "document": {"steps": []}}',
    '{"at": "x", "document": {"steps": [1]}}',
  ])("is not there where something else stands: %s", (text) => {
    expect(replacedOf({ ...shelf(), getItem: () => text }, 1, 7)).toBeUndefined();
  });

  it("says when there is no room for it", () => {
    const full = {
      ...shelf(),
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(keepReplaced(full, 1, 7, REPLACED)).toBe(false);
  });
});
