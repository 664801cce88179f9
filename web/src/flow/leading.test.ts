import { describe, expect, it } from "vitest";
import type { FlowDocument } from "./document";
import { END_ID, graphOf, START_ID, type GraphEdge } from "./graph";
import { leadableTo, ledTo, refused } from "./leading";
import { FORK, lineOf, mail } from "./testing/steps";

const LINE = lineOf("a", "b", "c");
const ROUND: FlowDocument = {
  ...LINE,
  steps: [
    mail("a", "b"),
    { ...mail("b", "again"), on_skip: { kind: "step", step: "c" } },
    { key: "again", kind: "go_to", delay: "1d", target: "a", max_rounds: 2, next: "c" },
    mail("c", null),
  ],
};

function edge(document: FlowDocument, id: string): GraphEdge {
  const found = graphOf(document).edges.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no edge ${id}`);
  return found;
}

const stepOf = (document: FlowDocument, key: string) => document.steps.find((step) => step.key === key);

describe("the end of a way", () => {
  it("leads to a step below, and over those between", () => {
    const led = ledTo(LINE, edge(LINE, "a:next"), "c");
    expect(led).toEqual({ ...LINE, steps: [mail("a", "c", "0m"), ...LINE.steps.slice(1)] });
  });

  it("leads to the end, and from the start to any step", () => {
    expect(stepOf(ledTo(LINE, edge(LINE, "a:next"), END_ID), "a")?.next).toBeNull();
    expect(ledTo(LINE, edge(LINE, "start:start"), "c").start).toBe("c");
  });

  it("is one way of several", () => {
    const led = ledTo(FORK, edge(FORK, "ask:branches.0"), "no");
    expect(stepOf(led, "ask")).toMatchObject({ branches: [{ name: "replied", next: "no" }], next: "no" });
  });

  it("is that of a step back, which leads to what is above it", () => {
    expect(stepOf(ledTo(ROUND, edge(ROUND, "again:target"), "b"), "again")).toMatchObject({ target: "b" });
  });

  it("is that of a detour", () => {
    const led = ledTo({ ...ROUND, steps: [...ROUND.steps, mail("d", null)] }, edge(ROUND, "b:on_skip"), "d");
    expect(stepOf(led, "b")?.on_skip).toEqual({ kind: "step", step: "d" });
    expect(stepOf(ledTo(ROUND, edge(ROUND, "b:on_skip"), END_ID), "b")?.on_skip).toEqual({ kind: "finish" });
  });
});

describe("an end that stays where it is", () => {
  it.each([
    ["where it is already", LINE, "a:next", "b", "stays"],
    ["on its own step", LINE, "b:next", "b", "itself"],
    ["on a step above: that would be a circle", LINE, "c:next", "a", "back"],
    ["on the start", LINE, "a:next", START_ID, "back"],
    ["of a step back on the start", ROUND, "again:target", START_ID, "onward"],
    ["of a detour on a step above", ROUND, "b:on_skip", "a", "back"],
    ["of a step back on one below", ROUND, "again:target", "c", "onward"],
    ["of a step back on the end", ROUND, "again:target", END_ID, "onward"],
  ] as const)("%s", (_, document, id, to, why) => {
    expect(refused(document, edge(document, id), to)).toBe(why);
    expect(ledTo(document, edge(document, id), to)).toBe(document);
  });
});

it("may be put on what is listed, and on nothing else", () => {
  expect(leadableTo(LINE, edge(LINE, "a:next"))).toEqual(["c", END_ID]);
  expect(leadableTo(ROUND, edge(ROUND, "again:target"))).toEqual(["b"]);
  expect(leadableTo(LINE, edge(LINE, "start:start"))).toEqual(["b", "c", END_ID]);
});
