import { describe, expect, it } from "vitest";
import { line, secondsAt, shareWaited, steady } from "./line";

const SPACE = { width: 400, radius: 14, done: 19 };
const DAY = 86_400;
const step = (key: string, days: number, waits = 0, drawn = true) => ({
  key,
  after_seconds: days * DAY,
  waits_seconds: waits * DAY,
  drawn,
});

describe("the line of a sequence", () => {
  it("sets steps at their time, to scale", () => {
    const { marks } = line([step("a", 0), step("b", 5), step("c", 10)], SPACE);
    const [a, b, c] = marks.map((mark) => mark.x);
    expect(a).toBe(30);
    expect((b ?? 0) - (a ?? 0)).toBeCloseTo((c ?? 0) - (b ?? 0));
  });

  it("sets steps of one moment side by side and keeps them inside", () => {
    const xs = line([step("a", 0), step("b", 10), step("c", 10), step("d", 10)], SPACE).marks.map(
      (mark) => mark.x,
    );
    expect(xs[2]).toBe((xs[1] ?? 0) + 36);
    expect(xs[3]).toBe((xs[2] ?? 0) + 36);
    expect(xs[3]).toBeLessThan(SPACE.width - 2 * SPACE.done);
  });

  it("squeezes many steps rather than leave its space", () => {
    const many = Array.from({ length: 20 }, (_, index) => step(String(index), index));
    const xs = line(many, SPACE).marks.map((mark) => mark.x);
    expect(Math.min(...xs)).toBeCloseTo(30);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
  });

  it("leaves steps that are not drawn without a mark", () => {
    expect(line([step("a", 0), step("if", 1, 1, false), step("b", 2)], SPACE).marks).toHaveLength(2);
  });

  it("leads time through the marks", () => {
    const { at, marks } = line([step("a", 0), step("b", 0), step("c", 4)], SPACE);
    expect(at(4 * DAY)).toBe(marks[2]?.x);
    expect(at(2 * DAY)).toBeCloseTo(((marks[1]?.x ?? 0) + (marks[2]?.x ?? 0)) / 2);
    expect(at(99 * DAY)).toBe(marks[2]?.x);
  });

  it("draws the way to a first step that does not come at once", () => {
    const { at, startX, marks } = line([step("a", 2, 2), step("b", 4, 2)], SPACE);
    expect(at(0)).toBe(startX);
    expect(marks[0]?.x).toBeGreaterThan(startX);
  });

  it.each([
    ["minutes for a quick demo", 6 / 1440, "minute", 7],
    ["hours within two days", 1, "hour", 25],
    ["days up to a month", 14, "day", 15],
    ["weeks beyond", 70, "day", 11],
  ])("counts in %s", (_, days, unit, ticks) => {
    const drawn = line([step("a", 0), step("b", days, days)], SPACE);
    expect([drawn.unit, drawn.ticks.length]).toEqual([unit, ticks]);
  });

  it("keeps people out from under the marks", () => {
    const { beside, marks } = line([step("a", 0), step("b", 10)], SPACE);
    const [a, b] = marks.map((mark) => mark.x);
    expect(beside(0)).toBe((a ?? 0) - 20);
    expect(beside(1)).toBeCloseTo((a ?? 0) + 20, 0);
    expect(beside(10 * DAY)).toBe((b ?? 0) - 20);
    expect(beside(5 * DAY)).toBeCloseTo(((a ?? 0) + (b ?? 0)) / 2);
  });

  it("stands for a flow without steps", () => {
    expect(line([], SPACE).marks).toEqual([]);
  });
});

describe("a person on the line", () => {
  const waits = { origin_at: "2026-11-24T10:00:00Z", due_at: "2026-11-24T12:00:00Z" };

  it.each([
    ["has just begun to wait", "2026-11-24T10:00:00Z", 0],
    ["is half way", "2026-11-24T11:00:00Z", 0.5],
    ["is due", "2026-11-24T13:00:00Z", 1],
  ])("%s", (_, now, share) => {
    expect(shareWaited(waits, Date.parse(now))).toBe(share);
  });

  it("stands at the beginning while nobody knows when the step comes", () => {
    expect(shareWaited({ ...waits, due_at: null }, 0)).toBe(0);
  });

  it("stands at the step when there is no delay", () => {
    expect(shareWaited({ ...waits, due_at: waits.origin_at }, 0)).toBe(1);
  });

  it("walks the delay of its step", () => {
    expect(secondsAt(step("b", 6, 4), 0.25)).toBe(3 * DAY);
  });

  it("keeps its height", () => {
    const heights = Array.from({ length: 500 }, (_, id) => steady(id));
    expect(steady(7)).toBe(heights[7]);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThan(1);
    expect(new Set(heights).size).toBe(500);
  });
});
