import { describe, expect, it } from "vitest";
import type { EmailStep } from "./document";
import * as edits from "./edits";
import { targetOf } from "./slots";
import { FORK, lineOf, mail } from "./testing/steps";
import { linear, START, stepAt } from "./ways";

const ABC = lineOf("a", "b", "c");
const order = (document: Parameters<typeof linear>[0]) => linear(document)?.join("");

describe("adding a step", () => {
  it.each([
    ["at the start", START, "xabc"],
    ["between two", { step: "a", way: "next" }, "axbc"],
    ["at the end", { step: "c", way: "next" }, "abcx"],
  ])("%s", (_, slot, expected) => {
    expect(order(edits.insert(ABC, slot, mail("x", null)))).toBe(expected);
  });

  it("begins an empty flow", () => {
    expect(order(edits.insert(edits.EMPTY, START, mail("x", null)))).toBe("x");
  });

  it("goes into a branch alone", () => {
    const grown = edits.insert(FORK, { step: "ask", way: "branches.0" }, mail("x", null));
    expect(stepAt(grown, "x")?.next).toBe("yes");
    expect(targetOf(grown, { step: "ask", way: "branches.0" })).toBe("x");
    expect(stepAt(grown, "ask")?.next).toBe("no");
  });

  it("leaves the document before as it was", () => {
    const before = structuredClone(ABC);
    edits.insert(ABC, START, mail("x", null));
    expect(ABC).toEqual(before);
  });

  it("gives keys that no step has or is likely to have had", () => {
    const chances = [0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
    const key = edits.newKey("email", ["email_aaaaaa"], () => chances.shift() ?? 0);
    expect(key).toBe("email_ssssss");
    expect(edits.newKey("set_field", [])).toMatch(/^[a-z][a-z0-9_]{0,62}$/);
  });

  it("writes a new step without its defaults", () => {
    expect(edits.newStep("task", "t", { waits: true, title: "Call" })).toEqual({
      key: "t",
      kind: "task",
      delay: "0m",
      next: null,
      title: "Call",
    });
  });
});

describe("removing a step", () => {
  it.each([
    ["the first", "a", "bc"],
    ["one between", "b", "ac"],
    ["the last", "c", "ab"],
    ["none of this name", "x", "abc"],
  ])("closes the gap: %s", (_, key, expected) => {
    expect(order(edits.remove(ABC, key))).toBe(expected);
  });

  it("heals branches, detours and go-tos that led to it", () => {
    const document = {
      ...FORK,
      steps: [
        ...FORK.steps,
        { ...mail("aside", null), on_failure: { kind: "step", step: "yes" } as const },
        { key: "back", kind: "go_to", delay: "1d", target: "yes", next: null } as const,
      ],
    };
    const left = edits.remove(document, "yes");
    expect(targetOf(left, { step: "ask", way: "branches.0" })).toBe("last");
    expect(stepAt(left, "aside")?.on_failure).toEqual({ kind: "step", step: "last" });
    expect(targetOf(left, { step: "back", way: "target" })).toBe("last");
    expect(stepAt(edits.remove(left, "last"), "aside")?.on_failure).toEqual({ kind: "finish" });
  });

  it("does not lead to itself when a step led to itself", () => {
    const circle = { ...lineOf("a", "b"), steps: [mail("a", "b"), mail("b", "b")] };
    expect(stepAt(edits.remove(circle, "b"), "a")?.next).toBeNull();
  });
});

describe("what an edit does not touch", () => {
  it("stays the same objects: what is drawn of them is not drawn anew", () => {
    const before = lineOf("a", "b", "c", "d");
    const after = edits.remove(before, "c");
    expect(after.steps.map((step) => before.steps.includes(step))).toEqual([true, false, true]);
  });
});

describe("moving a step", () => {
  it.each([
    ["a", 0, "abc"],
    ["a", 1, "bac"],
    ["a", 2, "bca"],
    ["c", 0, "cab"],
    ["b", 9, "acb"],
    ["b", -1, "bac"],
  ])("%s to place %i", (key, place, expected) => {
    expect(order(edits.reorder(ABC, key, place))).toBe(expected);
  });

  it("keeps its delay and content", () => {
    expect(stepAt(edits.reorder(ABC, "c", 0), "c")).toEqual({ ...stepAt(ABC, "c"), next: "a" });
  });

  it("takes it out of one branch and into another", () => {
    const moved = edits.move(FORK, "yes", { step: "no", way: "next" });
    expect(targetOf(moved, { step: "ask", way: "branches.0" })).toBe("last");
    expect(stepAt(moved, "no")?.next).toBe("yes");
  });

  it("is nothing where it would move into itself", () => {
    expect(edits.move(ABC, "b", { step: "b", way: "next" })).toBe(ABC);
    expect(edits.move(ABC, "b", { step: "a", way: "next" })).toBe(ABC);
  });
});

describe("other edits", () => {
  it("puts a copy behind its original", () => {
    const twice = edits.duplicate(ABC, "b", () => "b2");
    expect(order(twice)).toBe("abb2c");
    expect(stepAt(twice, "b2")).toMatchObject({ delay: "2d", content: { subject: "b" } });
  });

  it("changes fields and leaves defaults away", () => {
    const renamed = edits.change<EmailStep>(ABC, "b", { name: "B", sender: null, delay: "3wd" });
    expect(stepAt(renamed, "b")).toEqual({ ...stepAt(ABC, "b"), name: "B", delay: "3wd" });
    expect(edits.change(renamed, "b", { name: "", delay: "2d" })).toEqual(ABC);
  });
});
