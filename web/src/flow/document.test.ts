import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { OPERATORS_OF } from "./condition";
import type { FlowDocument } from "./document";
import { insert, newStep, remove } from "./edits";
import { COMMON, DEFAULTS, KINDS, pruned } from "./fields";
import templates from "./testing/templates.json";

// The templates as the server writes them, made by `python -c "import json; from drumbeat.core.templates import
// TEMPLATES; from drumbeat.core.document import write_document;
// print(json.dumps({n: write_document(t.flow) for n, t in TEMPLATES.items()}, indent=2, ensure_ascii=False))"`.
const TEMPLATES = Object.entries(templates) as unknown as [string, FlowDocument][];

/** A default that is made anew each time, which the schema cannot say. */
const MADE_ANEW: Record<string, object> = { whatsapp: { template_variables: {} } };

interface Schema {
  readonly $defs: Readonly<
    Record<string, { readonly properties?: Readonly<Record<string, Property>>; readonly enum?: string[] }>
  >;
}
interface Property {
  readonly const?: string;
  readonly default?: unknown;
}

const schema = JSON.parse(readFileSync("../docs/reference/flow-document.schema.json", "utf8")) as Schema;
const published = new Map(
  Object.values(schema.$defs).flatMap(({ properties }) =>
    properties?.kind?.const === undefined ? [] : [[properties.kind.const, properties] as const],
  ),
);

describe("the document of a flow", () => {
  it("has the kinds that the schema publishes", () => {
    expect([...KINDS].sort()).toEqual([...published.keys()].sort());
  });

  it.each(KINDS)("has the fields and defaults of the schema: %s", (kind) => {
    const properties = Object.entries(published.get(kind) ?? {});
    const known = Object.fromEntries(
      properties
        .filter(([, property]) => "default" in property)
        .map(([name, property]) => [name, property.default]),
    );
    expect({ ...COMMON, ...DEFAULTS[kind] }).toEqual({ ...known, ...MADE_ANEW[kind] });
  });

  it("asks with the operators of the schema", () => {
    const asked = new Set<string>(Object.values(OPERATORS_OF).flat());
    expect([...asked].sort()).toEqual([...(schema.$defs.Operator?.enum ?? [])].sort());
  });

  it.each(TEMPLATES)("writes a template as it was read: %s", (_, document) => {
    expect({ ...document, steps: document.steps.map(pruned) }).toEqual(document);
  });

  it.each(TEMPLATES)("is the same after a step came and went: %s", (_, document) => {
    const slot = { step: document.start, way: "next" };
    const grown = insert(document, slot, newStep("task", "task_new", { title: "Call" }));
    expect(grown.steps).toHaveLength(document.steps.length + 1);
    expect(remove(grown, "task_new")).toEqual(document);
  });
});
