import { describe, expect, it } from "vitest";
import { edited, takenBack } from "./drafts";

interface Rule {
  readonly any: readonly { readonly event: string; readonly name?: string }[];
}

const SAVED: Rule = { any: [{ event: "tag_added", name: "vip" }] };
const TYPED: Rule = { any: [{ event: "tag_added", name: "vips" }] };
const TWO: Rule = { any: [...TYPED.any, { event: "replied" }] };

describe("a draft is taken back", () => {
  it("to before the line that came last", () => {
    const draft = edited(edited(undefined, SAVED, TYPED), SAVED, TWO);
    expect(takenBack(draft, SAVED)).toEqual({ value: TYPED, before: [] });
  });

  it("not letter by letter", () => {
    expect(edited(undefined, SAVED, TYPED).before).toEqual([]);
  });

  it("to nothing where what is saved stands there again", () => {
    const draft = edited(undefined, SAVED, { any: [] });
    expect(takenBack(draft, SAVED)).toBeUndefined();
  });

  it("to no rule at all", () => {
    const draft = edited<Rule | null>(edited<Rule | null>(undefined, SAVED, null), SAVED, TWO);
    expect(takenBack(draft, SAVED)).toEqual({ value: null, before: [SAVED] });
  });
});
