// A drawing on paper: where it is cut so that each part fits on a page and no step lies on two.
import { AROUND, frameOf, type Drawing, type Frame } from "./picture";

/** The part of a page that can be printed on, in the units of the drawing. */
export interface Paper {
  readonly width: number;
  readonly height: number;
}

/** What stays free above a step at the top of a page: the way to it is seen. */
const ABOVE = 20;
/** What is cut in the middle all the same is never less than this. */
const LEAST = 50;

/** Return the parts of a drawing from the top down, as wide as it is; one where it fits. */
export function pagesOf(drawing: Drawing, paper: Paper): readonly Frame[] {
  const whole = frameOf(drawing);
  const scale = Math.min(1, paper.width / (whole.width + AROUND.width));
  const high = Math.max(LEAST, paper.height / scale - AROUND.height);
  const cuts = cutsOf(drawing);
  const pages: Frame[] = [];
  const bottom = whole.y + whole.height;
  let top = whole.y;
  while (bottom - top > high) {
    const end = cuts.findLast((cut) => cut > top && cut <= top + high) ?? top + high;
    pages.push({ ...whole, y: top, height: end - top });
    top = end;
  }
  return [...pages, { ...whole, y: top, height: bottom - top }];
}

/** List the heights at which no step is cut in two, from the top down. */
function cutsOf({ boxes }: Drawing): readonly number[] {
  const cuts: number[] = [];
  let covered = -Infinity;
  for (const { y, height } of boxes.toSorted((one, other) => one.y - other.y)) {
    if (y > covered) cuts.push(Math.max(y - ABOVE, covered));
    covered = Math.max(covered, y + height);
  }
  return cuts;
}
