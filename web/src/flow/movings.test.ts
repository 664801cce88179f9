// Moves and edits in any order: one undo for both, and what is saved is what is shown.
import { describe, expect, it } from "vitest";
import {
  learnt,
  mayRedo,
  mayUndo,
  moved,
  redone,
  undone,
  UNMOVED,
  unsaved,
  type Changes,
  type Movings,
} from "./movings";
import { chance, pick } from "./testing/chance";

const HERE = { x: 16, y: 32 };
const THERE = { x: -160, y: 0 };
const to = (changes: Record<string, typeof HERE | undefined>): Changes => new Map(Object.entries(changes));
const shown = ({ positions }: Movings) => Object.fromEntries(positions);

describe("moving nodes", () => {
  it("is undone and done again exactly", () => {
    const one = moved(UNMOVED, to({ a: HERE, b: THERE }), 0);
    const two = moved(one, to({ a: undefined }), 0);
    expect(shown(two)).toEqual({ b: THERE });
    expect(shown(undone(two))).toEqual({ a: HERE, b: THERE });
    expect(shown(undone(undone(two)))).toEqual({});
    expect(shown(redone(redone(undone(undone(two)))))).toEqual({ b: THERE });
    expect([undone(UNMOVED), redone(UNMOVED)]).toEqual([UNMOVED, UNMOVED]);
  });

  it("to where a node stands already is nothing to undo", () => {
    const one = moved(UNMOVED, to({ a: HERE }), 0);
    expect(moved(one, to({ a: HERE, b: undefined }), 0)).toBe(one);
  });

  it("is undone before the edits that came before it, and after those that came later", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = chance(seed);
      let [state, edits] = [UNMOVED, 0];
      const done: string[] = [];
      for (let count = 0; count < 12; count++) {
        if (random() < 0.5) {
          edits += 1;
          done.push("edit");
        } else {
          state = moved(state, to({ [pick(["a", "b"], random) ?? "a"]: { x: count, y: seed } }), edits);
          done.push("move");
        }
      }
      const undo: string[] = [];
      while (edits > 0 || state.past.length > 0) {
        if (mayUndo(state, edits)) {
          state = undone(state);
          undo.push("move");
        } else {
          edits -= 1;
          undo.push("edit");
        }
      }
      expect(undo.toReversed()).toEqual(done);
      const redo = done.map(() => {
        if (!mayRedo(state, edits)) return ((edits += 1), "edit");
        state = redone(state);
        return "move";
      });
      expect(redo).toEqual(done);
    }
  });

  it("forgets what was undone once something else is moved", () => {
    const state = moved(undone(moved(UNMOVED, to({ a: HERE }), 2)), to({ b: HERE }), 2);
    expect(mayRedo(state, 2)).toBe(false);
  });
});

describe("saving where nodes are", () => {
  const steps = ["a", "b"];

  it("tells the server what it does not know, of steps that it knows", () => {
    const state = moved(UNMOVED, to({ a: HERE, new: THERE }), 0);
    expect([...unsaved(state, steps)]).toEqual([["a", HERE]]);
    const saved = learnt(state, new Map([["a", HERE]]), steps);
    expect(unsaved(saved, steps).size).toBe(0);
    expect([...unsaved(undone(saved), steps)]).toEqual([["a", undefined]]);
    expect([...unsaved(saved, [...steps, "new"])]).toEqual([["new", THERE]]);
  });

  it("takes what others moved, and keeps what was moved here meanwhile", () => {
    const start = learnt(UNMOVED, new Map([["a", HERE]]), steps);
    const state = moved(start, to({ a: THERE }), 0);
    const now = learnt(state, new Map([["b", HERE]]), steps);
    expect(shown(now)).toEqual({ a: THERE, b: HERE });
    expect([...unsaved(now, steps)]).toEqual([["a", THERE]]);
    expect(shown(learnt(start, new Map(), steps))).toEqual({});
  });

  it("keeps what is moved again while the answer is on its way, also back to where it was", () => {
    const start = learnt(UNMOVED, new Map([["a", HERE]]), steps);
    const sent = to({ a: undefined });
    const back = moved(moved(start, sent, 0), to({ a: HERE }), 0);
    const now = learnt(back, new Map(), steps, sent);
    expect(shown(now)).toEqual({ a: HERE });
    expect([...unsaved(now, steps)]).toEqual([["a", HERE]]);
  });

  it("keeps the same map while the server says the same", () => {
    const state = learnt(UNMOVED, new Map([["a", HERE]]), steps);
    expect(learnt(state, new Map([["a", { ...HERE }]]), steps).positions).toBe(state.positions);
  });
});
