// Two people edit one flow: nothing of either is overwritten, and what comes of it is a flow.
import { describe, expect, it } from "vitest";
import { addEntry, changeEntry, removeEntry } from "./branches";
import type { EmailStep, FlowDocument } from "./document";
import * as edits from "./edits";
import { decided } from "./testing/decided";
import { FORK, lineOf, mail } from "./testing/steps";
import { merged } from "./threeWay";
import type { Side } from "./threeWayJudge";
import { targetOf } from "./slots";
import { linear, START, stepAt, type Slot } from "./ways";

const BASE = lineOf("a", "b", "c", "d");
const at = (step: string, way = "next"): Slot => ({ step, way });
const add = (document: FlowDocument, key: string, slot: Slot) =>
  edits.insert(document, slot, mail(key, null));
const order = (document: FlowDocument) => linear(document)?.join("");
const change = (key: string, fields: object) => (document: FlowDocument) =>
  edits.change(document, key, fields);

describe("edits in different places", () => {
  it.each<
    [string, (document: FlowDocument) => FlowDocument, (document: FlowDocument) => FlowDocument, string]
  >([
    ["steps put in", (held) => add(held, "x", at("a")), (held) => add(held, "y", at("c")), "axbcyd"],
    [
      "steps put in at one place",
      (held) => add(held, "x", at("a")),
      (held) => add(held, "y", at("a")),
      "axybcd",
    ],
    [
      "steps added at the end",
      (held) => add(held, "x", at("d")),
      (held) => add(held, "y", at("d")),
      "abcdxy",
    ],
    ["steps put first", (held) => add(held, "x", START), (held) => add(held, "y", START), "xyabcd"],
    [
      "one removed, one put in before it",
      (held) => edits.remove(held, "b"),
      (held) => add(held, "y", at("a")),
      "aycd",
    ],
    [
      "one removed, one put in behind it",
      (held) => edits.remove(held, "b"),
      (held) => add(held, "y", at("b")),
      "aycd",
    ],
    ["the same removed", (held) => edits.remove(held, "b"), (held) => edits.remove(held, "b"), "acd"],
    ["neighbours removed", (held) => edits.remove(held, "b"), (held) => edits.remove(held, "c"), "ad"],
    [
      "one moved, one put in where it was",
      (held) => edits.reorder(held, "d", 0),
      (held) => add(held, "y", at("c")),
      "dabcy",
    ],
    [
      "one moved, one put in where it goes",
      (held) => edits.reorder(held, "d", 1),
      (held) => add(held, "y", at("a")),
      "aydbc",
    ],
    [
      "one moved, one removed",
      (held) => edits.reorder(held, "d", 1),
      (held) => edits.remove(held, "b"),
      "adc",
    ],
    [
      "replaced, and put in",
      (held) => add(edits.remove(held, "b"), "x", at("a")),
      (held) => add(held, "y", at("a")),
      "axycd",
    ],
  ])("are both kept: %s", (_, mine, theirs, expected) => {
    const { document, conflicts } = merged(BASE, mine(BASE), theirs(BASE));
    expect(conflicts).toEqual([]);
    expect(order(document)).toBe(expected);
    expect(merged(BASE, theirs(BASE), mine(BASE)).document).toEqual(document);
  });

  it("are both kept in one step: its wait and its subject, its subject and its body", () => {
    const content = { subject: "a", text: "Hello" };
    const { document, conflicts } = merged(
      BASE,
      edits.change<EmailStep>(BASE, "a", { delay: "5d", content: { ...content, subject: "Hi" } }),
      edits.change<EmailStep>(BASE, "a", {
        name: "First",
        content: { ...content, text: "Bye", html: "<p>Bye</p>" },
      }),
    );
    expect(conflicts).toEqual([]);
    expect(stepAt(document, "a")).toEqual({
      ...mail("a", "b", "5d"),
      name: "First",
      content: { subject: "Hi", text: "Bye", html: "<p>Bye</p>" },
    });
  });

  it("are both kept in one condition: a way renamed, a way added", () => {
    const mine = changeEntry(FORK, "ask", 0, { name: "answered" });
    const theirs = addEntry(FORK, "ask", { name: "clicked", condition: { rules: [] } }, "last");
    const { document, conflicts } = merged(FORK, mine, theirs);
    expect(conflicts).toEqual([]);
    expect(stepAt(document, "ask")).toMatchObject({
      branches: [
        { name: "answered", next: "yes" },
        { name: "clicked", next: "last" },
      ],
    });
  });

  it("heal what led to a step that one of them took out", () => {
    const base = edits.change(BASE, "d", { on_failure: { kind: "step", step: "b" } });
    const { document } = merged(base, edits.remove(base, "b"), edits.change(base, "a", { name: "A" }));
    expect(stepAt(document, "d")?.on_failure).toEqual({ kind: "step", step: "c" });
  });
});

describe("edits in one place", () => {
  const twice = (one: object, other: object) =>
    merged(BASE, change("b", one)(BASE), change("b", other)(BASE)).conflicts;

  it("are a conflict with both values", () => {
    expect(twice({ delay: "1d", name: "B" }, { delay: "3d" })).toEqual([
      { id: "b/delay", kind: "field", step: "b", field: "delay", mine: "1d", theirs: "3d" },
    ]);
  });

  it("are none where both say the same", () => {
    expect(twice({ delay: "1d" }, { delay: "1d" })).toEqual([]);
  });

  it("take whose was chosen", () => {
    const [mine, theirs] = [change("b", { delay: "1d" })(BASE), change("b", { delay: "3d" })(BASE)];
    const chosen = (side: Side) =>
      stepAt(
        decided(BASE, mine, theirs, () => side),
        "b",
      )?.delay;
    expect([chosen("mine"), chosen("theirs")]).toEqual(["1d", "3d"]);
  });

  it("are a conflict where one took out what the other changed, and both ways can be chosen", () => {
    const [mine, theirs] = [edits.remove(BASE, "b"), change("b", { delay: "3d" })(BASE)];
    expect(merged(BASE, mine, theirs).conflicts).toMatchObject([
      { kind: "removed", step: "b", mine: undefined },
    ]);
    expect(order(decided(BASE, mine, theirs, () => "mine"))).toBe("acd");
    expect(order(decided(BASE, mine, theirs, () => "theirs"))).toBe("abcd");
  });

  it("are a conflict where one took out the way that the other changed", () => {
    const [mine, theirs] = [removeEntry(FORK, "ask", 0), changeEntry(FORK, "ask", 0, { name: "answered" })];
    const { conflicts } = merged(FORK, mine, theirs);
    expect(conflicts).toMatchObject([
      { kind: "removed", step: "ask", field: "ways.0", theirs: { name: "answered" } },
    ]);
    const kept = decided(FORK, mine, theirs, () => "theirs");
    expect(targetOf(kept, at("ask", "branches.0"))).toBe("last");
  });

  it("are a conflict where one took out what the other put steps into", () => {
    const [mine, theirs] = [edits.remove(FORK, "ask"), add(FORK, "x", at("ask", "branches.0"))];
    const { conflicts } = merged(FORK, mine, theirs);
    expect(conflicts).toMatchObject([{ kind: "removed", step: "ask" }]);
    expect(
      targetOf(
        decided(FORK, mine, theirs, () => "theirs"),
        at("ask", "branches.0"),
      ),
    ).toBe("x");
  });

  it("are one conflict about the order where both moved, and whole flows can be chosen", () => {
    const [mine, theirs] = [edits.reorder(BASE, "c", 1), edits.reorder(BASE, "d", 1)];
    expect(merged(BASE, mine, theirs).conflicts).toEqual([
      {
        id: "order",
        kind: "order",
        step: null,
        field: "",
        mine: ["a", "c", "b", "d"],
        theirs: ["a", "d", "b", "c"],
      },
    ]);
    expect(order(decided(BASE, mine, theirs, () => "mine"))).toBe("acbd");
    expect(order(decided(BASE, mine, theirs, () => "theirs"))).toBe("adbc");
  });

  it("keep what was put in where the order of the other is chosen", () => {
    const [mine, theirs] = [edits.reorder(BASE, "c", 1), add(edits.reorder(BASE, "d", 1), "x", START)];
    expect(order(decided(BASE, mine, theirs, () => "mine"))).toBe("xacbd");
  });
});
