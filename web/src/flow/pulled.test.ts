import { describe, expect, it } from "vitest";
import { pulled, pulledEnds } from "./pulled";

const FROM = { x: 100, y: 100 };
const TO = { x: 100, y: 200 };

describe("a way whose steps are dragged", () => {
  it("is straight as long as they stand below each other", () => {
    expect(pulled([FROM, TO])).toEqual([FROM, TO]);
    expect(pulled(pulledEnds([FROM, TO], { x: 0, y: 30 }))).toEqual([{ x: 100, y: 130 }, TO]);
  });

  it.each([
    ["its first", { x: 40, y: 0 }, undefined, { x: 140, y: 100 }, TO],
    ["its last", undefined, { x: -300, y: -500 }, FROM, { x: -200, y: -300 }],
    ["both, differently", { x: 7, y: 8 }, { x: -9, y: 60 }, { x: 107, y: 108 }, { x: 91, y: 260 }],
  ])("holds on to both, down and across: %s", (_, byFrom, byTo, first, last) => {
    const points = pulled(pulledEnds([FROM, TO], byFrom, byTo));
    expect([points[0], points.at(-1)]).toEqual([first, last]);
    const runs = points.slice(1).map(({ x, y }, index) => [points[index]?.x === x, points[index]?.y === y]);
    expect(runs).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
  });
});
