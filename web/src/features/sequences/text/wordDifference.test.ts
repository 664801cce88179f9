import { describe, expect, it } from "vitest";
import { wordDifference } from "./wordDifference";

const said = (before: string, after: string) =>
  wordDifference(before, after).map(({ kind, text }) => `${{ same: "=", gone: "-", new: "+" }[kind]}${text}`);

describe("the difference of two texts", () => {
  it.each([
    ["", "", []],
    ["a b", "a b", ["=a b"]],
    ["a b c", "a x c", ["=a ", "-b", "+x", "= c"]],
    ["would Tuesday suit", "no long mail", ["-would Tuesday suit", "+no long mail"]],
    ["", "new text", ["+new text"]],
    ["old text", "", ["-old text"]],
    ['Hi {{ contact.first_name | default: "there" }},', "Hi {{ sender.name }},", undefined],
  ])("%j → %j", (before, after, expected) => {
    if (expected !== undefined) expect(said(before, after)).toEqual(expected);
    const parts = wordDifference(before, after);
    expect(
      parts
        .filter(({ kind }) => kind !== "new")
        .map(({ text }) => text)
        .join(""),
    ).toBe(before);
    expect(
      parts
        .filter(({ kind }) => kind !== "gone")
        .map(({ text }) => text)
        .join(""),
    ).toBe(after);
  });

  it("keeps a merge tag whole", () => {
    expect(said("{{ a.b }}!", "{{ a.c }}!")).toEqual(["-{{ a.b }}", "+{{ a.c }}", "=!"]);
  });

  it("does not compare what is too long word by word", () => {
    const long = "a ".repeat(900);
    expect(said(long, `${long}b`)).toHaveLength(2);
  });
});
