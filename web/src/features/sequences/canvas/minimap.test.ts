import { describe, expect, test } from "vitest";
import type { StepNode } from "./drawn";
import { boundsOf, pathsOf, seenOn } from "./minimap";

function node(x: number, y: number, data: Partial<StepNode["data"]> = {}): StepNode {
  return { id: `${x} ${y}`, position: { x, y }, width: 200, height: 80, data } as StepNode;
}

const FLOW = [node(0, 0), node(-300, 200, { severity: "error" }), node(300, 200, { chosen: true })];

describe("the map of a flow", () => {
  test("it draws all nodes of a look as one path", () => {
    expect(pathsOf([...FLOW, node(0, 400)])).toEqual({
      plain: "M0 0h200v80h-200zM0 400h200v80h-200z",
      error: "M-300 200h200v80h-200z",
      chosen: "M300 200h200v80h-200z",
    });
  });

  test("it knows where all of them lie", () => {
    expect(boundsOf(FLOW)).toEqual({ x: -300, y: 0, width: 800, height: 280 });
    expect(boundsOf([])).toBeUndefined();
  });

  test("it shows them and what is in sight, in the proportions of its box, with a margin", () => {
    const bounds = { x: 0, y: 0, width: 200, height: 4_000 };
    const seen = seenOn(
      bounds,
      { x: -500, y: 3_900, width: 1_000, height: 600 },
      { width: 160, height: 120 },
    );
    expect(seen.width / seen.height).toBeCloseTo(160 / 120);
    expect(seen.x).toBeLessThan(-500);
    expect(seen.x + seen.width).toBeGreaterThan(500);
    expect(seen.y).toBeLessThan(0);
    expect(seen.y + seen.height).toBeGreaterThan(4_500);
  });
});
