import { describe, expect, it } from "vitest";
import type { Saving } from "../editor/copy";
import { unsavedText } from "./unsaved";

const t = ((key: string, values: { why?: string } = {}) =>
  [key, values.why].filter(Boolean).join(" ")) as never;

describe("why nothing can be published now", () => {
  it.each<[Saving, string | undefined]>([
    [{ state: "offline" }, "unsaved.offline"],
    [{ state: "waiting" }, "unsaved.offline"],
    [{ state: "refused", why: "Too long." }, "unsaved.refused Too long."],
    [{ state: "conflict" }, undefined],
  ])("%o", (saving, said) => {
    expect(unsavedText(t, saving)).toBe(said);
  });
});
