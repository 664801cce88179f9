// Edits one after the other by chance: the document stays one that the server takes, and undo is exact.
import { describe, expect, it } from "vitest";
import type { FlowDocument } from "./document";
import { began, edited, redone, undone, type History } from "./history";
import { inOrder, outline } from "./outline";
import { anyEdit, chance } from "./testing/chance";
import { FORK, lineOf } from "./testing/steps";
import { faultsOf } from "./testing/valid";

describe.each([1, 2, 3, 4, 5, 6, 7, 8])("a hundred edits by chance (%i)", (seed) => {
  const random = chance(seed);
  let history: History<FlowDocument> = began(seed % 2 === 0 ? FORK : lineOf("a", "b", "c"));
  const seen: FlowDocument[] = [structuredClone(history.present)];
  const faults: string[] = [];
  const unlisted: string[] = [];
  for (let count = 0; count < 100; count++) {
    const next = anyEdit(history.present, random);
    if (next === history.present) continue;
    history = edited(history, next, "", count);
    seen.push(structuredClone(next));
    faults.push(...faultsOf(next));
    const shown = outline(next).flatMap((row) => (row.row === "step" ? [row.key] : []));
    if (shown.length !== next.steps.length || new Set(shown).size !== shown.length)
      unlisted.push(shown.join());
  }

  it("leaves a document that the server takes after each", () => {
    expect(faults).toEqual([]);
  });

  it("shows each step once", () => {
    expect(unlisted).toEqual([]);
    expect(new Set(inOrder(history.present)).size).toBe(history.present.steps.length);
  });

  it("is undone and redone exactly", () => {
    const last = history.present;
    let back = history;
    for (const document of seen.toReversed()) {
      expect(back.present).toEqual(document);
      back = undone(back);
    }
    for (const document of seen) {
      expect(back.present).toEqual(document);
      back = redone(back);
    }
    expect(back.present).toEqual(last);
  });
});
