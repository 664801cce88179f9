import { describe, expect, it } from "vitest";
import { beat } from "./beat";

const SCALE = { width: 120, radius: 10 };
const xs = (days: number[], scale: { width: number; radius: number; end?: number } = SCALE) =>
  beat(
    days.map((day) => ({ day })),
    scale,
  ).marks.map((mark) => mark.x);

describe("the beat strip", () => {
  it("sets each step at its day, to scale", () => {
    expect(xs([0, 5, 10])).toEqual([10, 60, 110]);
  });

  it("keeps a scale that several strips share", () => {
    expect(xs([0, 5], { ...SCALE, end: 10 })).toEqual([10, 60]);
  });

  it("sets steps of one day side by side", () => {
    expect(xs([0, 5, 5, 10])).toEqual([10, 60, 82, 110]);
  });

  it("lets a group at the end grow to the left", () => {
    expect(xs([0, 10, 10])).toEqual([10, 88, 110]);
  });

  it("lets more steps than have room cover each other, and stays within its width", () => {
    const many = xs(Array.from({ length: 22 }, () => 3));
    expect(Math.min(...many)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...many)).toBeLessThanOrEqual(110);
  });

  it("shows a sequence of one step at its start", () => {
    expect(xs([0])).toEqual([10]);
  });

  it.each([
    ["a day", 28, 29],
    ["a week once it is longer than four weeks", 35, 6],
  ])("ticks once for %s", (_, last, ticks) => {
    expect(beat([{ day: last }], SCALE).ticks).toHaveLength(ticks);
  });
});
