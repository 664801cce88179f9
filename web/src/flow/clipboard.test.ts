// Copying and pasting: new keys everywhere, the shape kept, and text of any kind read safely.
import { describe, expect, it } from "vitest";
import { clipText, copied, parseClip, pasted } from "./clipboard";
import type { FlowDocument, Step } from "./document";
import { EMPTY } from "./edits";
import { KINDS } from "./fields";
import { inOrder, outline, places } from "./outline";
import { namedIn } from "./references";
import { targetOf } from "./slots";
import { anyFlow, anyStep, chance, keysFor, pick, type Random } from "./testing/chance";
import { FORK, lineOf, mail } from "./testing/steps";
import { faultsOf } from "./testing/valid";
import { linear, reachable, START, stepAt } from "./ways";

const ABC = lineOf("a", "b", "c");
const twice = (step: Step) => `${step.key}2`;
const at = (step: string, way = "next") => ({ step, way });
const order = (document: FlowDocument) => linear(document)?.join(" ");

function some<Each>(list: readonly Each[], random: Random): readonly Each[] {
  const chosen = list.filter(() => random() < 0.5);
  return chosen.length > 0 ? chosen : list.slice(0, 1);
}

describe("copying", () => {
  it.each([
    [["b"], "a b b2 c"],
    [["c", "b"], "a b b2 c2 c"],
    [["a", "c"], "a b a2 c2 c"],
    [["c"], "a b c2 c"],
  ])("%j and pasting behind b", (keys, expected) => {
    expect(order(pasted(ABC, at("b"), copied(ABC, keys), twice).document)).toBe(expected);
  });

  it("says which steps are new, in their order", () => {
    expect(pasted(ABC, START, copied(ABC, ["c", "a"]), twice).keys).toEqual(["a2", "c2"]);
  });

  it("keeps a fork with its ways, and lets what left it go on at the new place", () => {
    const { document } = pasted(ABC, at("a"), copied(FORK, ["ask", "yes", "no"]), twice);
    expect(targetOf(document, at("ask2", "branches.0"))).toBe("yes2");
    expect(["yes2", "no2"].map((key) => stepAt(document, key)?.next)).toEqual(["b", "b"]);
  });

  it("keeps an end that others do not share", () => {
    const ends = {
      ...FORK,
      steps: FORK.steps.map((step) => (step.key === "yes" ? mail("yes", null) : step)),
    };
    const { document } = pasted(ABC, at("a"), copied(ends, ["ask", "yes", "no"]), twice);
    expect(["yes2", "no2"].map((key) => stepAt(document, key)?.next)).toEqual([null, "b"]);
  });

  it("lets two ways that meet follow each other where what they hang on stays behind", () => {
    const { document } = pasted(EMPTY, START, copied(FORK, ["yes", "no", "last"]), twice);
    expect(order(document)).toBe("yes2 no2 last2");
  });
});

describe("what copied steps name", () => {
  const asking: Step = {
    key: "ask",
    kind: "condition",
    delay: "0m",
    branches: [
      {
        name: "A",
        condition: { rules: [{ rules: [{ field: "event.opened", operator: "happened", step: "a" }] }] },
        next: null,
      },
    ],
    only_if: { rules: [{ field: "event.replied", operator: "happened", step: "a" }] },
    on_skip: { kind: "step", step: "a" },
    next: null,
  };
  const back: Step = { key: "back", kind: "go_to", delay: "0m", target: "a", max_rounds: 2, next: null };
  const flow: FlowDocument = {
    format: 1,
    start: "a",
    steps: [
      mail("a", "ask"),
      { ...asking, branches: [{ ...asking.branches?.[0], next: "back" }], next: "back" } as Step,
      back,
    ],
  };
  const named = (document: FlowDocument, key: string) => {
    const step = stepAt(document, key);
    return step === undefined ? undefined : new Set(namedIn(step));
  };

  it("is the new step where it was copied too", () => {
    const { document } = pasted(flow, at("a"), copied(flow, ["a", "ask", "back"]), twice);
    expect([named(document, "ask2"), named(document, "back2")]).toEqual([new Set(["a2"]), new Set(["a2"])]);
  });

  it("is the step of the same flow where it was not", () => {
    const { document } = pasted(flow, at("a"), copied(flow, ["ask", "back"], "7"), twice, "7");
    expect([named(document, "ask2"), named(document, "back2")]).toEqual([new Set(["a"]), new Set(["a"])]);
  });

  it("is never a step of another flow that happens to have the same key", () => {
    const { document } = pasted(ABC, at("a"), copied(flow, ["ask", "back"], "7"), twice, "8");
    expect(stepAt(document, "back2")).not.toHaveProperty("target");
    expect(stepAt(document, "ask2")).not.toHaveProperty("on_skip");
    expect(named(document, "ask2")).toEqual(new Set(["not_copied"]));
    expect(stepAt(document, "not_copied")).toBeUndefined();
    expect(faultsOf(document)).toEqual([]);
  });
});

/** Write a step without what names others. */
function told(step: unknown): string {
  const names = [
    "key",
    "next",
    "timed_out",
    "qualified",
    "unqualified",
    "target",
    "step",
    "on_skip",
    "on_failure",
  ];
  return JSON.stringify(step, (field, value: unknown) => (names.includes(field) ? undefined : value));
}

describe.each(Array.from({ length: 60 }, (_, seed) => seed))("pasting by chance (%i)", (seed) => {
  const random = chance(seed);
  const [from, to] = [anyFlow(random), anyFlow(random)];
  const slot = pick(places(to), random) ?? START;
  const chosen = some(inOrder(from), random);
  const clip = parseClip(clipText(copied(from, chosen, "1"))) ?? expect.fail("not read");
  const { document, keys } = pasted(to, slot, clip, keysFor(to, random), "2");

  it("adds each step once, under a new key, and leaves a flow that the server takes", () => {
    const before = [...from.steps, ...to.steps].map(({ key }) => key);
    expect(new Set(keys).size).toBe(chosen.length);
    expect(keys.filter((key) => before.includes(key))).toEqual([]);
    expect(document.steps).toHaveLength(to.steps.length + chosen.length);
    expect(faultsOf(document)).toEqual([]);
    const shown = outline(document).flatMap((row) => (row.row === "step" ? [row.key] : []));
    expect(new Set(shown).size).toBe(document.steps.length);
  });

  it("names steps of neither flow that were not copied", () => {
    const foreign = keys
      .flatMap((key) => stepAt(document, key) ?? [])
      .flatMap(namedIn)
      .filter((key) => !keys.includes(key));
    expect(new Set(foreign).size).toBeLessThanOrEqual(1);
    expect(foreign.filter((key) => stepAt(document, key) !== undefined)).toEqual([]);
  });

  it("keeps everything of a step but what it names", () => {
    const copies = keys.map((key) => told(stepAt(document, key)));
    expect(copies.toSorted()).toEqual(clip.steps.map(told).toSorted());
  });

  it("reaches each of them where all steps go on", () => {
    const goOn = KINDS.filter((kind) => kind !== "end" && kind !== "go_to");
    const [one, other] = [anyFlow(random, 12, goOn), anyFlow(random, 12, goOn)];
    const place = pick(places(other), random) ?? START;
    const taken = copied(one, some(inOrder(one), random));
    const { document: whole } = pasted(other, place, taken, keysFor(other, random));
    const lost = whole.steps.filter(({ key }) => !reachable(whole, whole.start).has(key));
    expect(lost).toEqual([]);
  });
});

describe("reading the clipboard", () => {
  it("reads what was written, with a step of every kind", () => {
    const random = chance(1);
    const steps = KINDS.map((kind) => ({ ...anyStep(kind, `${kind}_1`, ABC, random), next: null }));
    const clip = copied(
      { format: 1, start: "email_1", steps },
      steps.map(({ key }) => key),
      "7",
    );
    expect(parseClip(clipText(clip))).toEqual(clip);
  });

  const good = copied(ABC, ["a"]);
  const [step] = good.steps;
  const having = (fields: object) => JSON.stringify({ ...good, steps: [{ ...step, ...fields }] });
  it.each([
    ["words", "Dear {{ contact.first_name }}"],
    ["nothing", ""],
    ["other JSON", "{}"],
    ["a list", "[1]"],
    ["half of it", clipText(good).slice(0, -3)],
    ["another format", JSON.stringify({ ...good, format: "steps" })],
    ["a newer version", JSON.stringify({ ...good, version: 2 })],
    ["no steps", JSON.stringify({ ...good, steps: [] })],
    [
      "too many",
      JSON.stringify({ ...good, steps: Array.from({ length: 501 }, (_, n) => mail(`a${n}`, null)) }),
    ],
    ["one key twice", JSON.stringify({ ...good, steps: [step, step] })],
    ["an unknown kind", having({ kind: "fax" })],
    ["a kind of the prototype", having({ kind: "constructor" })],
    ["a field of no kind", having({ onclick: "x" })],
    ["a field of another kind", having({ script: "x" })],
    ["the prototype's field", clipText(good).replace('"kind"', '"__proto__":{"a":1},"kind"')],
    ["a way to nowhere", having({ next: "b" })],
    ["a bad key", having({ key: "../a" })],
    ["a number for words", having({ name: 5 })],
    ["an object for words", having({ content: { subject: { a: 1 } } })],
    ["a NUL", having({ name: "a\0b" })],
    ["half a character", having({ name: "\ud800" })],
    ["a very long text", having({ name: "x".repeat(100_001) })],
    ["a detour of no kind", having({ on_skip: { kind: "jump" } })],
    [
      "a condition without end",
      having({ only_if: Array.from({ length: 12 }).reduce((held) => ({ rules: [held] }), {}) }),
    ],
  ])("refuses %s", (_, text) => {
    expect(parseClip(text)).toBeUndefined();
  });
});
