// The drawing is XML that stands alone, whatever the steps are called.
import { describe, expect, it } from "vitest";
import { PRINTED, svgOf, type Drawing } from "./picture";

const DRAWING: Drawing = {
  boxes: [
    { x: -40, y: 10, width: 200, height: 70, kind: "Email", title: "Hello", lines: ["day 1"] },
    { x: 300, y: 400, width: 200, height: 70, title: "Call", problem: "No number" },
  ],
  strokes: [
    {
      points: [
        { x: 60, y: 80 },
        { x: 60, y: 240 },
        { x: 400, y: 400 },
      ],
      label: "+2 days",
    },
    {
      points: [
        { x: 400, y: 470 },
        { x: -90, y: 10 },
      ],
      dashed: true,
    },
  ],
};
const HOSTILE = `"><script>alert(1)</script><image href='http://x.test/a'/>&amp; \0\u0008\ud800\u202e]]> <!--`;

function parsed(svg: string): Document {
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(document.querySelector("parsererror")?.textContent).toBeUndefined();
  return document;
}

describe("the picture of a flow", () => {
  it("shows every step, what it says, and every way", () => {
    const document = parsed(svgOf(DRAWING, { title: "Trial", below: "version 3" }));
    const words = [...document.querySelectorAll("text")].map((each) => each.textContent);
    expect(words).toEqual(["Trial", "version 3", "Email", "Hello", "day 1", "Call", "No number", "+2 days"]);
    expect(document.querySelectorAll("path[marker-end]")).toHaveLength(2);
    expect(document.querySelectorAll("path[stroke-dasharray]")).toHaveLength(1);
  });

  it("is as large as what it shows", () => {
    const root = parsed(svgOf(DRAWING, { title: "T" })).documentElement;
    expect(Number(root.getAttribute("width"))).toBe(500 + 90 + 64);
    expect(Number(root.getAttribute("height"))).toBe(470 - 10 + 56 + 64);
  });

  it("does not let words out of their place", () => {
    const [box, ...others] = DRAWING.boxes;
    const boxes = [{ ...(box ?? expect.fail()), width: 9_000, title: HOSTILE, lines: [HOSTILE] }, ...others];
    const strokes = [
      {
        points: [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
        label: HOSTILE,
      },
    ];
    const svg = svgOf({ boxes, strokes }, { title: HOSTILE, below: HOSTILE }, { ...PRINTED, ink: HOSTILE });
    const document = parsed(svg);
    expect(document.querySelectorAll("script, image, a, use, foreignObject, style")).toHaveLength(0);
    expect(svg).not.toContain("\u202e");
    expect(document.querySelector("title")?.textContent).toContain("<script>alert(1)</script>");
  });

  it("refers to nothing outside itself", () => {
    const svg = svgOf(DRAWING, { title: "T" }).replace('xmlns="http://www.w3.org/2000/svg"', "");
    expect(svg).not.toMatch(/https?:|href|url\((?!#tip\))|@import/);
  });

  it("tells what hinders from what does not, and keeps it within its step", () => {
    const box = { x: 0, y: 0, width: 100, height: 60, title: "Hello", problem: "Nobody can send it" };
    const [error, warning] = [box, { ...box, isWarning: true }].map((each) =>
      svgOf({ boxes: [each], strokes: [] }, { title: "T" }),
    );
    expect(error).toContain(PRINTED.problem);
    expect(warning).toContain(PRINTED.warning);
    expect(warning).not.toContain(PRINTED.problem);
    expect(error).toContain('<svg width="94" height="60">');
  });

  it("cuts titles that are longer than their step", () => {
    const boxes = [{ x: 0, y: 0, width: 100, height: 60, title: "A very long name of a step" }];
    const words = parsed(svgOf({ boxes, strokes: [] }, { title: "T" })).querySelectorAll("text")[1];
    expect(words?.textContent).toBe("A very l…");
  });

  it("draws an empty flow, and places that are no numbers", () => {
    expect(parsed(svgOf({ boxes: [], strokes: [] }, { title: "" })).documentElement.nodeName).toBe("svg");
    const strokes = [
      {
        points: [
          { x: NaN, y: 0 },
          { x: Infinity, y: 0 },
        ],
      },
    ];
    expect(svgOf({ boxes: [], strokes }, { title: "T" })).not.toMatch(/NaN|Infinity/);
  });
});
