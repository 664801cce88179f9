import { describe, expect, it } from "vitest";
import type { FlowDocument, Step } from "@/flow/document";
import type { GraphEdge } from "@/flow/graph";
import type { T } from "./drawn";
import { namesOf } from "./wayNames";
import { wording } from "./wording";

const asked: string[] = [];
const t = ((key: string, values: Readonly<Record<string, unknown>> = {}) => {
  asked.push(key);
  return `${key} ${Object.values(values).join(" ")}`.trim();
}) as unknown as T;

const FIELDS = { document: of([]), fields: [] };
const MAIL: Step = { kind: "email", key: "a", content: { subject: "Hello" }, next: "b" };
const BACK: Step = { kind: "go_to", key: "b", target: "a", max_rounds: 2, next: null };

function of(steps: readonly Step[]): FlowDocument {
  return { start: steps[0]?.key ?? null, steps } as FlowDocument;
}

describe("the words of a step", () => {
  it("are made once as long as it stays the same", () => {
    const words = wording(t);
    const first = words(FIELDS)(MAIL);
    asked.length = 0;
    expect(words({ ...FIELDS, document: of([MAIL]) })(MAIL)).toBe(first);
    expect(asked).toEqual([]);
    expect(words(FIELDS)({ ...MAIL })).not.toBe(first);
  });

  it("are the name of what decides, and below it what its ways say", () => {
    const ask: Step = {
      kind: "split",
      key: "c",
      name: "Opening line",
      arms: [{ name: "A", weight: 1, next: null }],
      next: null,
    };
    const { title, notes } = wording(t)(FIELDS)(ask);
    expect([title, notes]).toEqual(["Opening line", "A 100 %"]);
    expect(wording(t)(FIELDS)({ ...MAIL, name: "First" }).title).toBe("Hello");
  });

  it("are made anew where they name another step that changed", () => {
    const words = wording(t);
    const before = words({ ...FIELDS, document: of([MAIL, BACK]) })(BACK);
    const other = { ...MAIL, content: { subject: "Goodbye" } } as Step;
    const after = words({ ...FIELDS, document: of([other, BACK]) })(BACK);
    expect(before.title).toContain("Hello");
    expect(after.title).toContain("Goodbye");
  });

  it.each<Partial<Step>>([
    { on_skip: { kind: "step", step: "b" } },
    { on_failure: { kind: "step", step: "b" } },
    { job_type: "follow_up_email" },
    { only_if: { combinator: "and", rules: [] } },
  ])("are made anew each time for %o", (more) => {
    const words = wording(t)({ ...FIELDS, document: of([MAIL]) });
    const step = { ...MAIL, ...more } as Step;
    expect(words(step)).not.toBe(words(step));
  });
});

describe("the words on a way", () => {
  const split = (name: string) =>
    ({ kind: "split", key: "s", arms: [{ name, weight: 50, next: null }], next: null }) as Step;
  const way: GraphEdge = { id: "s:arms.0", from: "s", to: "end:", role: "way", way: "arms.0", named: true };

  it.each(["A", "20 % off · 20 %"])("have its own name apart from the share that is planned: %s", (name) => {
    const { name: whole, own } = namesOf(t, way, split(name), FIELDS);
    expect(own).toBe(name);
    expect(whole).toMatch(/ · /);
    expect(whole.startsWith(name)).toBe(true);
  });
});
