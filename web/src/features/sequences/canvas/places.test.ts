// Two gestures: over what stands on a way a step goes there in the flow, over free ground it goes nowhere.
import { describe, expect, it } from "vitest";
import { graphOf } from "@/flow/graph";
import { layoutOf } from "@/flow/layout";
import { positioned } from "@/flow/positions";
import { FORK, lineOf } from "@/flow/testing/steps";
import { slotAt } from "./places";

const graph = graphOf(lineOf("a", "b", "c"));
const layout = layoutOf(graph, () => 90);
const above = (key: string, shown = layout) => {
  const { x, y, width } = shown.boxes.get(key) ?? { x: Number.NaN, y: Number.NaN, width: 0 };
  return { x: x + width / 2, y: y - 24 };
};

describe("a step that is dragged", () => {
  it("goes to a way while it is held over what stands on it, also beside its delay", () => {
    const { x, y } = above("b");
    for (const point of [
      { x, y },
      { x: x + 90, y: y + 10 },
    ])
      expect(slotAt(graph, layout, point, "c")).toEqual({ step: "a", way: "next" });
  });

  it("goes nowhere on free ground, however near, while one from the palette still finds its place", () => {
    const { x, y } = above("b");
    for (const point of [
      { x: x + 120, y },
      { x: x + 106 + 30, y: y + 60 },
    ])
      expect(slotAt(graph, layout, point, "c")).toBeUndefined();
    expect(slotAt(graph, layout, { x: x + 80, y }, undefined)).toEqual({ step: "a", way: "next" });
  });

  it("goes behind a node that it is held over, wherever that was put", () => {
    const moved = positioned(graph, layout, new Map([["b", { x: 800, y: 400 }]]));
    expect(slotAt(graph, moved, { x: 850, y: 440 }, "c")).toEqual({ step: "b", way: "next" });
    expect(slotAt(graph, moved, above("b", moved), "c")).toEqual({ step: "a", way: "next" });
  });

  it("stays where it is over its own place", () => {
    expect(slotAt(graph, layout, above("b"), "b")).toBeUndefined();
  });

  it("finds the marks of ways that meet", () => {
    const fork = graphOf(FORK);
    const at = layoutOf(fork, () => 90);
    for (const [id, { plus }] of at.routes) {
      const [step, way] = id.split(":");
      if (plus !== undefined) expect(slotAt(fork, at, plus, "nobody")).toEqual({ step, way });
    }
  });
});
