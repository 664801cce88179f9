// Edits one after the other by chance: the document stays one that the server takes, and undo is exact.
import { describe, expect, it } from "vitest";
import { addEntry, entriesOf, removeEntry, shiftEntry } from "./branches";
import type { FlowDocument, Kind, Step } from "./document";
import * as edits from "./edits";
import { KINDS } from "./fields";
import { began, edited, redone, undone, type History } from "./history";
import { inOrder, outline, places } from "./outline";
import { connect } from "./slots";
import { FORK, lineOf } from "./testing/steps";
import { faultsOf } from "./testing/valid";
import { stepAt } from "./ways";

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function begun(kind: Kind, key: string, document: FlowDocument): Step {
  const named = ["A", "B"].map((name) => ({ name, next: null }));
  if (kind === "split") return edits.newStep(kind, key, { arms: named });
  if (kind === "ai_decide") return edits.newStep(kind, key, { branches: named });
  if (kind === "condition") {
    return edits.newStep(kind, key, { branches: named.map((each) => ({ ...each, condition: {} })) });
  }
  if (kind === "go_to") return edits.newStep(kind, key, { target: document.start ?? "", max_rounds: 2 });
  return edits.newStep(kind, key);
}

function anyEdit(document: FlowDocument, random: () => number): FlowDocument {
  const pick = <Each>(list: readonly Each[]) => list[Math.floor(random() * list.length)];
  const slot = pick(places(document));
  const key = pick(document.steps)?.key ?? "";
  const held = stepAt(document, key);
  const index = Math.floor(random() * 2);
  const keyFor = ({ kind }: Pick<Step, "kind">) =>
    edits.newKey(
      kind,
      document.steps.map((step) => step.key),
      random,
    );
  const acts = [
    () => (slot ? edits.insert(document, slot, begunAs(pick(KINDS) ?? "email")) : document),
    () => (slot ? edits.insert(document, slot, begunAs("condition")) : document),
    () => edits.remove(document, key),
    () => edits.duplicate(document, key, keyFor),
    () => edits.moveBy(document, key, index === 0 ? 1 : -1),
    () => (slot ? edits.move(document, key, slot) : document),
    () => (held && entriesOf(held).length > 0 ? removeEntry(document, key, index) : document),
    () => addEntry(document, key, { name: "N", condition: {} }, null),
    () => shiftEntry(document, key, index, 1),
    () => (slot ? connect(document, slot, null) : document),
  ];
  return pick(acts)?.() ?? document;

  function begunAs(kind: Kind): Step {
    return begun(kind, keyFor({ kind }), document);
  }
}

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
