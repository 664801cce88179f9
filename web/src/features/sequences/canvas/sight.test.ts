import { describe, expect, it } from "vitest";
import type { Layout } from "@/flow/layout";
import { anchorOf, around, evenly, firstOf, fromStart, movedBy, roomAbove } from "./sight";

const layoutOf = (places: Readonly<Record<string, readonly [x: number, row: number]>>): Layout => ({
  boxes: new Map(
    Object.entries(places).map(([key, [x, row]]) => [key, { x, y: row * 150, row, width: 212, height: 88 }]),
  ),
  routes: new Map(),
});
const seen = (layout: Layout, chosen?: string) => ({ layout, chosen, room: 900 });

const before = layoutOf({ a: [0, 0], b: [0, 1], c: [0, 2] });

describe("what stays where it was while a flow changes", () => {
  it("is the step that is edited", () => {
    const now = layoutOf({ a: [0, 0], new: [0, 1], b: [0, 2], c: [0, 3] });
    expect(anchorOf(seen(before, "b"), seen(now, "b"))).toBe("b");
    expect(movedBy("b", before, now)).toEqual({ x: 0, y: 150 });
  });

  it("is what stands above a step that was taken out", () => {
    const now = layoutOf({ a: [100, 0], c: [100, 1] });
    expect(anchorOf(seen(before, "b"), seen(now, "c"))).toBe("a");
    expect(anchorOf(seen(before, "b"), seen(now))).toBe("a");
    expect(movedBy("a", before, now)).toEqual({ x: 100, y: 0 });
  });

  it("is what stands above a step that was put in", () => {
    const now = layoutOf({ a: [0, 0], b: [0, 1], new: [0, 2], c: [0, 3] });
    expect(anchorOf(seen(before, "b"), seen(now, "new"))).toBe("b");
    expect(anchorOf(seen(before), seen(now, "new"))).toBe("b");
  });

  it("is nothing where nobody looks at a step", () => {
    expect(anchorOf(seen(before), seen(before))).toBeUndefined();
    expect(movedBy(undefined, before, before)).toEqual({ x: 0, y: 0 });
  });
});

describe("what is looked at first", () => {
  it("is a short flow whole and of a long one its start", () => {
    const long = layoutOf(Object.fromEntries([...Array(30).keys()].map((row) => [`s${row}`, [0, row]])));
    expect(firstOf(before).boxes.size).toBe(3);
    expect([...firstOf(long).boxes.keys()]).toEqual(["s0", "s1", "s2", "s3", "s4", "s5"]);
    expect(around([...before.boxes.values()])).toEqual({ x: 0, y: 0, width: 212, height: 388 });
  });
});

describe("the first look", () => {
  const start = { x: -100, y: 0, width: 200, height: 60, row: 0 };
  const view = { x: 5, y: 6, zoom: 1 };
  const room = { width: 400, height: 800 };

  it("shows all where it fits", () => {
    expect(fromStart(view, { x: -100, y: 0, width: 200, height: 600 }, start, room)).toEqual(view);
  });

  it("begins above where it is too high", () => {
    const bounds = { x: -100, y: 0, width: 200, height: 2_000 };
    expect(fromStart(view, bounds, start, room)).toEqual({ ...view, y: roomAbove(room.width) });
  });

  it("has the start in the middle of a part of a flow", () => {
    const part = { x: -500, y: 0, width: 700, height: 600 };
    expect(evenly(part, start)).toEqual({ ...part, width: 1_000 });
    expect(evenly(part, undefined)).toEqual(part);
  });

  it("has the start in its middle where it is too wide", () => {
    const bounds = { x: -900, y: 0, width: 1_200, height: 600 };
    expect(fromStart(view, bounds, start, room)).toEqual({ ...view, x: 200 });
  });
});
