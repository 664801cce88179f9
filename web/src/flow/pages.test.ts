import { describe, expect, it } from "vitest";
import { pagesOf } from "./pages";
import { AROUND, frameOf, svgOf, type Box, type Drawing } from "./picture";
import { chance } from "./testing/chance";

const PAPER = { width: 700, height: 950 };

function column(count: number, apart = 150): Drawing {
  const boxes = Array.from({ length: count }, (_, row): Box => {
    return { x: 0, y: row * apart, width: 212, height: 88, title: `Step ${row}` };
  });
  return { boxes, strokes: [] };
}

const SEEDS = Array.from({ length: 200 }, (_, index) => index + 1);

function anyDrawing(seed: number): Drawing {
  const random = chance(seed);
  const upTo = (most: number) => Math.floor(random() * most);
  const boxes = Array.from({ length: 1 + upTo(40) }, (): Box => {
    return { x: upTo(1_800) - 900, y: upTo(9_000), width: 212, height: 34 + upTo(54), title: "Step" };
  });
  return { boxes, strokes: [] };
}

describe("a flow on paper", () => {
  it("stays one page where it fits, and an empty one, too", () => {
    expect(pagesOf(column(5), PAPER)).toHaveLength(1);
    expect(pagesOf({ boxes: [], strokes: [] }, PAPER)).toEqual([{ x: 0, y: 0, width: 0, height: 0 }]);
  });

  it("takes as many pages as it needs, each as high as the paper at most", () => {
    const pages = pagesOf(column(200), PAPER);
    expect(pages.length).toBeGreaterThan(30);
    for (const { height } of pages) expect(height + AROUND.height).toBeLessThanOrEqual(PAPER.height);
  });

  it.each(SEEDS)("shows every part of it once, from the top down (%i)", (seed) => {
    const drawing = anyDrawing(seed);
    const pages = pagesOf(drawing, PAPER);
    const whole = frameOf(drawing);
    expect(pages[0]?.y).toBe(whole.y);
    expect(pages.reduce((sum, { height }) => sum + height, 0)).toBe(whole.height);
    for (const [index, page] of pages.entries()) {
      const before = pages[index - 1];
      if (before !== undefined) expect(page.y).toBe(before.y + before.height);
    }
  });

  it.each(SEEDS)("cuts no step of a line in two (%i)", (seed) => {
    const random = chance(seed);
    const drawing = column(1 + Math.floor(random() * 60), 100 + Math.floor(random() * 300));
    for (const { y } of pagesOf(drawing, PAPER))
      for (const box of drawing.boxes) expect(box.y < y && box.y + box.height > y).toBe(false);
  });

  it("draws on a page what lies on it alone", () => {
    const drawing = column(20);
    const shown = pagesOf(drawing, PAPER).map((page) => svgOf(drawing, { title: "T" }, undefined, page));
    for (const { title } of drawing.boxes) {
      expect(shown.filter((svg) => svg.includes(`>${title}<`))).toHaveLength(1);
    }
  });
});
