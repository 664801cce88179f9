import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { COMMON, DEFAULTS, KINDS } from "./fields";
import { isStep } from "./stepShape";

const WAYS = { wait_for: ["timed_out"], ai_qualify: ["qualified", "unqualified"] } as Record<
  string,
  string[]
>;

describe("the shape of a step", () => {
  it.each(KINDS)("has every field that the schema publishes: %s", (kind) => {
    const ways = Object.fromEntries((WAYS[kind] ?? []).map((way) => [way, null]));
    const step = { ...COMMON, ...DEFAULTS[kind], ...ways, key: "a", kind, next: null };
    expect(isStep(step)).toBe(true);
    expect(isStep({ ...step, other: 1 })).toBe(false);
  });

  it("has every field of a mail's content", () => {
    const schema = JSON.parse(readFileSync("../docs/reference/flow-document.schema.json", "utf8")) as {
      $defs: { EmailContent: { properties: Record<string, unknown> } };
    };
    const fields = Object.keys(schema.$defs.EmailContent.properties);
    const content = Object.fromEntries(fields.map((field) => [field, field === "attachments" ? [] : ""]));
    expect(isStep({ key: "a", kind: "email", next: null, content })).toBe(true);
  });
});
