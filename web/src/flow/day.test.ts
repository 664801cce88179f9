import { describe, expect, it } from "vitest";
import { bars, scaleOf } from "./day";

const DAY = {
  start: "2026-11-24T00:00:00Z",
  end: "2026-11-25T00:00:00Z",
  quarters: [
    { at: "2026-11-24T09:00:00Z", sent: 4, sent_calls: 1, planned: 0, planned_calls: 0 },
    { at: "2026-11-24T14:00:00Z", sent: 1, sent_calls: 0, planned: 3, planned_calls: 0 },
  ],
  spans: [{ start: "2026-11-24T09:00:00Z", end: "2026-11-24T17:00:00Z" }],
};
const NOW = Date.parse("2026-11-24T14:05:00Z");

describe("the day in quarter hours", () => {
  it("shows the window and what happened, with room around", () => {
    const scale = scaleOf(DAY, NOW, 1_000, 96);
    expect(new Date(scale.from).toISOString()).toBe("2026-11-24T08:00:00.000Z");
    expect(new Date(scale.until).toISOString()).toBe("2026-11-24T18:00:00.000Z");
  });

  it("shows at least ten hours of an empty day, and never leaves the day", () => {
    const empty = { ...DAY, quarters: [], spans: [] };
    for (const hour of [0, 12, 23]) {
      const now = Date.parse(DAY.start) + hour * 3_600_000 + 60_000;
      const { from, until } = scaleOf(empty, now, 1_000, 96);
      expect(until - from).toBeGreaterThanOrEqual(10 * 3_600_000);
      expect(from).toBeGreaterThanOrEqual(Date.parse(DAY.start));
      expect(until).toBeLessThanOrEqual(Date.parse(DAY.end));
    }
  });

  it("stacks what left below what is planned, calls apart", () => {
    const [morning, noon] = bars(DAY, scaleOf(DAY, NOW, 1_000, 96));
    expect(morning?.parts.map(({ planned, calls }) => [planned, calls])).toEqual([
      [false, false],
      [false, true],
    ]);
    expect(noon?.parts.map(({ planned }) => planned)).toEqual([false, true]);
    const [left = 0, planned = 0] = noon?.parts.map(({ y }) => y) ?? [];
    expect(left).toBeGreaterThan(planned);
  });

  it("keeps every bar within the picture", () => {
    const scale = scaleOf(DAY, NOW, 390, 96);
    for (const bar of bars(DAY, scale)) {
      expect(bar.x).toBeGreaterThanOrEqual(0);
      expect(bar.x + bar.width).toBeLessThanOrEqual(390);
      for (const part of bar.parts) expect(part.y).toBeGreaterThanOrEqual(0);
    }
  });
});
