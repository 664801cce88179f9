// Two versions of a flow set against each other: nothing that differs goes unnamed, and what is gone is drawn.
import { describe, expect, it } from "vitest";
import { shiftEntry } from "./branches";
import { compared } from "./compare";
import type { FlowDocument, Step } from "./document";
import { move, remove } from "./edits";
import { same } from "./fields";
import { haunted } from "./ghosts";
import { partsOf } from "./parts";
import { anyEdit, anyFlow, chance, type Random } from "./testing/chance";
import { faultsOf } from "./testing/valid";
import { reachable, rewired, stepAt, waysOf } from "./ways";

const mail = (key: string, next: string | null, fields = {}) =>
  ({ kind: "email", key, next, content: { subject: key, text: `Hello from ${key}` }, ...fields }) as Step;
const flow = (...steps: Step[]): FlowDocument => ({ format: 1, start: steps[0]?.key ?? null, steps });
const line = flow(mail("a", "b"), mail("b", "c"), mail("c", null));
const fork = flow(
  {
    kind: "condition",
    key: "ask",
    next: "c",
    branches: [
      { name: "Yes", condition: {}, next: "a" },
      { name: "No", condition: {}, next: "b" },
    ],
  },
  mail("a", "c"),
  mail("b", "c"),
  mail("c", null),
);

/** The same flow, one step of which says something else. */
function but(document: FlowDocument, key: string, fields: object): FlowDocument {
  const steps = document.steps.map((step) => (step.key === key ? { ...step, ...fields } : step));
  return { ...document, steps };
}

function named(before: FlowDocument, after: FlowDocument) {
  return compared(before, after).steps.map(({ key, kind }) => `${key} ${kind}`);
}

describe("two flows set against each other", () => {
  it("say nothing of what is the same", () => {
    expect(compared(fork, fork)).toEqual({ steps: [], ways: [] });
  });

  it("say what came and went, and not the ways that follow from it", () => {
    const without = remove(line, "b");
    expect(named(line, without)).toEqual(["b removed"]);
    expect(named(without, line)).toEqual(["b added"]);
    expect(compared(line, without).ways).toMatchObject([
      { step: "a", way: "next", before: "b", after: "c", news: false },
    ]);
  });

  it("say which step changed its place, and not which ones made room", () => {
    const turned = move(line, "c", { step: null, way: "start" });
    expect(compared(line, turned).steps).toMatchObject([
      { key: "c", kind: "moved", placeBefore: 3, placeAfter: 1 },
    ]);
  });

  it("say field by field what a step says now", () => {
    const after = but(but(line, "a", { delay: "3d" }), "b", {
      content: { subject: "New", text: "Hello from b" },
    });
    expect(compared(line, after).steps.map(({ key, fields }) => [key, fields])).toEqual([
      ["a", [{ path: "delay", before: undefined, after: "3d" }]],
      ["b", [{ path: "content.subject", before: "b", after: "New" }]],
    ]);
  });

  it("say that ways of a step are tried in another order", () => {
    const [ask] = compared(fork, shiftEntry(fork, "ask", 0, 1)).steps;
    expect(ask?.fields).toEqual([{ path: "order", before: ["Yes", "No"], after: ["No", "Yes"] }]);
  });

  it("say that a way leads elsewhere", () => {
    const { steps } = compared(line, but(line, "a", { next: "c" }));
    expect(steps).toMatchObject([
      { key: "a", kind: "changed", ways: [{ way: "next", before: "b", after: "c", news: true }] },
    ]);
  });

  it("call a way by its name, and by what the drawing calls it", () => {
    const ask = fork.steps[0] as Extract<Step, { kind: "condition" }>;
    const after = but(fork, "ask", { branches: [ask.branches?.[1]] });
    expect(compared(fork, after).steps[0]?.ways).toMatchObject([
      { name: "Yes", before: "a", after: undefined, drawn: undefined },
    ]);
    expect(compared(after, fork).steps[0]?.ways).toMatchObject([{ name: "Yes", drawn: "branches.0" }]);
  });
});

describe("steps that are gone", () => {
  it("stand where they stood", () => {
    const { document, ghosts } = haunted(line, remove(line, "b"));
    expect(document).toEqual(flow(mail("a", "b"), mail("c", null), mail("b", "c")));
    expect([...ghosts]).toEqual(["b"]);
  });

  it("stand on a way that is gone with them", () => {
    const ask = fork.steps[0] as Extract<Step, { kind: "condition" }>;
    const after = remove(but(fork, "ask", { branches: [ask.branches?.[1]] }), "a");
    const { document, kept } = haunted(fork, after);
    expect(document.steps.filter(({ key }) => key === "ask").flatMap(waysOf)).toEqual([
      { way: "branches.0", to: "b" },
      { way: "branches.1", to: "a" },
      { way: "next", to: "c" },
    ]);
    expect(kept.get("ask")).toBe(1);
  });
});

function edited(document: FlowDocument, random: Random, count: number): FlowDocument {
  return Array.from({ length: count }).reduce<FlowDocument>((held) => anyEdit(held, random), document);
}

/** Take the ghosts out again: ways lead on past them, and ways that are gone go. */
function withoutGhosts({ document, ghosts, kept }: ReturnType<typeof haunted>): FlowDocument {
  const past = (key: string | null): string | null => {
    let at = key;
    while (at !== null && ghosts.has(at)) at = stepAt(document, at)?.next ?? null;
    return at;
  };
  const steps = document.steps
    .filter(({ key }) => !ghosts.has(key))
    .map((step) => {
      const led = rewired(step, (way, to) => (way === "target" ? to : past(to))) as unknown as Record<
        string,
        unknown
      >;
      for (const list of ["branches", "arms"]) {
        const entries = led[list];
        if (Array.isArray(entries)) led[list] = entries.slice(0, kept.get(step.key) ?? entries.length);
      }
      return led as unknown as Step;
    });
  return { ...document, start: past(document.start), steps };
}

/** The fields that a comparison does not name as changed. */
function unnamed(before: FlowDocument, after: FlowDocument) {
  const { steps, ways } = compared(before, after);
  const said = new Map(steps.map((each) => [each.key, each]));
  return after.steps.flatMap((is) => {
    const was = stepAt(before, is.key);
    if (was === undefined) return said.get(is.key)?.kind === "added" ? [] : [`${is.key} added`];
    const [old, now] = [partsOf(was), partsOf(is, was)];
    const fields = new Set((said.get(is.key)?.fields ?? []).map(({ path }) => path));
    const missed = [...new Set([...old.fields.keys(), ...now.fields.keys()])].filter((path) => {
      const [last = ""] = path.split(".").slice(-1);
      const isSaid = [path, last, "content.text", "content.html"].some((each) => fields.has(each));
      return same(old.fields.get(path), now.fields.get(path)) === isSaid && !isSaid;
    });
    const led = new Set(ways.flatMap((way) => (way.step === is.key ? [way.way] : [])));
    const lost = [...new Set([...old.ways.keys(), ...now.ways.keys()])].filter(
      (way) => (old.ways.get(way) !== now.ways.get(way)) !== led.has(way),
    );
    return [...missed, ...lost].map((what) => `${is.key} ${what}`);
  });
}

describe.each(Array.from({ length: 120 }, (_, seed) => seed))("flows edited by chance (%i)", (seed) => {
  const random = chance(seed + 9_000);
  const before = anyFlow(random);
  const after = edited(before, random, 1 + (seed % 6));

  it("are no different from themselves", () => {
    expect(compared(after, structuredClone(after))).toEqual({ steps: [], ways: [] });
  });

  it("have every step, field and way named that differs, and no other", () => {
    expect(unnamed(before, after)).toEqual([]);
    const gone = before.steps.map(({ key }) => key).filter((key) => stepAt(after, key) === undefined);
    const named = compared(before, after).steps;
    expect(
      named
        .filter(({ kind }) => kind === "removed")
        .map(({ key }) => key)
        .sort(),
    ).toEqual(gone.sort());
    const untouched = after.steps
      .filter((step) => same(step, stepAt(before, step.key)))
      .map(({ key }) => key);
    const wronged = named.filter(({ key, kind }) => kind !== "moved" && untouched.includes(key));
    expect(wronged).toEqual([]);
  });

  it("turn around: what one adds the other removes", () => {
    const turned = { added: "removed", removed: "added", changed: "changed", moved: "moved" } as const;
    const there = compared(before, after).steps.filter(({ kind }) => kind === "added" || kind === "removed");
    const back = compared(after, before).steps.filter(({ kind }) => kind === "added" || kind === "removed");
    const names = (list: typeof there) => list.map(({ key, kind }) => `${key} ${kind}`).sort();
    expect(names(there)).toEqual(names(back.map((each) => ({ ...each, kind: turned[each.kind] }))));
  });

  it("are drawn whole: every step of both, and without the ghosts the flow of now", () => {
    const both = haunted(before, after);
    const keys = both.document.steps.map(({ key }) => key);
    expect(new Set(keys)).toEqual(new Set([...before.steps, ...after.steps].map(({ key }) => key)));
    expect(faultsOf(both.document)).toEqual([]);
    expect(withoutGhosts(both)).toEqual(after);
    const found = reachable(both.document, both.document.start);
    expect([...reachable(after, after.start)].filter((key) => !found.has(key))).toEqual([]);
  });
});
