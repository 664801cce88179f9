// Several steps at once: as one by one, but with their order and shape kept.
import { describe, expect, it } from "vitest";
import type { FlowDocument, Step } from "./document";
import { inOrder, places } from "./outline";
import { duplicateAll, moveAll, removeAll } from "./several";
import { targetOf } from "./slots";
import { anyFlow, chance, keysFor, pick } from "./testing/chance";
import { FORK, lineOf } from "./testing/steps";
import { faultsOf } from "./testing/valid";
import { linear, reachable, START, stepAt } from "./ways";

const LINE = lineOf("a", "b", "c", "d", "e");
const at = (step: string, way = "next") => ({ step, way });
const order = (document: FlowDocument) => linear(document)?.join("");

describe("removing several", () => {
  it.each([
    [["b", "d"], "ace"],
    [["a", "b", "c", "d", "e"], ""],
    [["a", "e", "gone"], "bcd"],
    [[], "abcde"],
  ])("closes every gap: %j", (keys, left) => {
    expect(order(removeAll(LINE, keys))).toBe(left);
  });

  it("leaves one branch of a fork that goes", () => {
    expect(order(removeAll(FORK, ["ask", "yes"]))).toBe("nolast");
  });
});

describe("moving several", () => {
  it.each([
    [["a", "b"], at("d"), "cdabe"],
    [["e", "d"], START, "deabc"],
    [["a", "e"], at("c"), "bcaed"],
    [["b", "d"], at("b"), "abcde"],
  ])("keeps their order: %j", (keys, slot, moved) => {
    expect(order(moveAll(LINE, keys, slot))).toBe(moved);
  });

  it("takes what hangs on a fork along", () => {
    const moved = moveAll(FORK, ["ask", "yes"], at("last"));
    expect(moved.start).toBe("last");
    expect(stepAt(moved, "last")?.next).toBe("ask");
    expect(targetOf(moved, at("ask", "branches.0"))).toBe("yes");
    expect(stepAt(moved, "no")?.next).toBeNull();
  });
});

describe("duplicating several", () => {
  const twice = (step: Step) => step.key.toUpperCase();
  it.each([
    [["b", "c"], "abcBCde"],
    [["a", "c"], "abcACde"],
    [["e"], "abcdeE"],
  ])("puts the copies behind the last: %j", (keys, copied) => {
    expect(order(duplicateAll(LINE, keys, twice).document)).toBe(copied);
  });

  it("puts the copy of a fork behind where its ways meet", () => {
    const { document, keys } = duplicateAll(FORK, ["ask"], twice);
    expect(keys).toEqual(["ASK", "YES", "NO"]);
    expect([stepAt(document, "yes")?.next, stepAt(document, "NO")?.next]).toEqual(["ASK", "last"]);
  });
});

describe.each(Array.from({ length: 60 }, (_, seed) => seed))("several by chance (%i)", (seed) => {
  const random = chance(seed + 1_000);
  const flow = anyFlow(random);
  const chosen = inOrder(flow).filter(() => random() < 0.4);
  const slot = pick(places(flow), random) ?? START;
  const lost = (document: FlowDocument) =>
    document.steps.filter(({ key }) => !reachable(document, document.start).has(key)).length;

  it("takes out all that were chosen, and leaves none that nothing leads to", () => {
    const left = removeAll(flow, chosen);
    expect(faultsOf(left)).toEqual([]);
    expect(left.steps.filter(({ key }) => chosen.includes(key))).toEqual([]);
    expect(lost(left)).toBe(0);
  });

  it("moves without losing or changing a step", () => {
    const moved = moveAll(flow, chosen, slot);
    expect(faultsOf(moved)).toEqual([]);
    expect(moved.steps.map(({ key }) => key).toSorted()).toEqual(flow.steps.map(({ key }) => key).toSorted());
  });

  it("duplicates with new keys and keeps the originals", () => {
    const { document, keys } = duplicateAll(flow, chosen, keysFor(flow, random));
    expect(faultsOf(document)).toEqual([]);
    expect(document.steps).toHaveLength(flow.steps.length + keys.length);
    expect(flow.steps.every(({ key }) => stepAt(document, key) !== undefined)).toBe(true);
    expect(lost(document)).toBe(0);
  });
});
