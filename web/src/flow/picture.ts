// A whole flow as one drawing that stands alone: for print, for a file, for a page without scripts.
// Its input is boxes and lines where a layout has put them; it knows nothing of React and asks nobody for anything.

/** A step where the layout put it; `lines` are what it says below its title. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly lines?: readonly string[];
  /** What kind of step it is, in words; stands above the title. */
  readonly kind?: string;
  /** A step with a problem has another edge, and says so. */
  readonly problem?: string;
  /** The problem hinders nothing. */
  readonly isWarning?: boolean;
}

/** A way from box to box, through these points; what it is called stands at `at`, or halfway. */
export interface Stroke {
  readonly points: readonly Point[];
  readonly label?: string;
  readonly at?: Point;
  /** A step back or a detour is drawn with dashes. */
  readonly dashed?: boolean;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly boxes: readonly Box[];
  readonly strokes: readonly Stroke[];
}

/** The part of a drawing that is shown. */
export interface Frame extends Point {
  readonly width: number;
  readonly height: number;
}

export interface PictureWords {
  readonly title: string;
  /** Stands below the title: when it was drawn, which version it is. */
  readonly below?: string;
}

/** Colours as CSS writes them. */
export interface PictureTheme {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly card: string;
  readonly edge: string;
  readonly line: string;
  readonly problem: string;
  readonly warning: string;
}

/** Black on white, as it is printed. */
export const PRINTED: PictureTheme = {
  paper: "#ffffff",
  ink: "#1b1d22",
  faint: "#5c6370",
  card: "#ffffff",
  edge: "#aab0bc",
  line: "#7a8190",
  problem: "#b42318",
  warning: "#8a5a00",
};

const MARGIN = 32;
const HEAD = 56;
/** What stands around the drawing, above and beside it. */
export const AROUND = { width: 2 * MARGIN, height: HEAD + 2 * MARGIN } as const;
const PAD = 12;
const EDGE = 4;
const ROW = 17;
// A file is looked at with whatever letters its reader has: as wide as common ones are, and what is wider is cut off.
const [LETTER, BOLD_LETTER, SMALL_LETTER] = [7.2, 7.9, 6.2];
const [TITLE_LETTER, LABEL_LETTER] = [12.5, 6];
const UNFIT = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const TURNING = /[\u202A-\u202E\u2066-\u2069]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Draw a flow as the text of an SVG file; `frame` where only a part of it is shown. */
export function svgOf(
  drawing: Drawing,
  words: PictureWords,
  theme: PictureTheme = PRINTED,
  frame: Frame = frameOf(drawing),
): string {
  const width = Math.max(frame.width, words.title.length * TITLE_LETTER) + AROUND.width;
  const height = frame.height + AROUND.height;
  const boxes = drawing.boxes.filter((box) => isSeen(frame, box.y, box.y + box.height));
  const strokes = drawing.strokes.filter(({ points }) => {
    const ys = points.map(({ y }) => y);
    return isSeen(frame, least(ys), most(ys));
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${number(width)}" height="${number(height)}"`,
    ` viewBox="0 0 ${number(width)} ${number(height)}"`,
    ` font-family="'Inter Variable', Inter, system-ui, sans-serif" font-size="13">`,
    `<title>${escaped(words.title)}</title>`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">`,
    `<path d="M0 0L8 4L0 8z" ${fill(theme.line)}/></marker></defs>`,
    `<rect width="100%" height="100%" ${fill(theme.paper)}/>`,
    text(words.title, { x: MARGIN, y: MARGIN + 8 }, theme.ink, ' font-size="20" font-weight="650"'),
    text(words.below ?? "", { x: MARGIN, y: MARGIN + 30 }, theme.faint),
    window(frame),
    ...strokes.map((stroke) => drawnStroke(stroke, theme)),
    ...boxes.map((box) => drawnBox(box, theme)),
    ...strokes.map((stroke) => drawnLabel(stroke, theme)),
    `</svg></svg>`,
  ].join("");
}

/** Open the part that shows the drawing: what lies outside of the frame is cut off, but for the width of a line. */
function window({ x, y, width, height }: Frame): string {
  const [wide, high] = [number(width + 2 * EDGE), number(height + 2 * EDGE)];
  const place = `x="${MARGIN - EDGE}" y="${MARGIN + HEAD - EDGE}" width="${wide}" height="${high}"`;
  return `<svg ${place} viewBox="${number(x - EDGE)} ${number(y - EDGE)} ${wide} ${high}">`;
}

function isSeen({ y, height }: Frame, top: number, bottom: number): boolean {
  return top <= y + height && bottom >= y;
}

/** Return the frame that holds all of a drawing. */
export function frameOf({ boxes, strokes }: Drawing): Frame {
  const points = strokes.flatMap(({ points }) => points);
  const xs = [...boxes.flatMap((box) => [box.x, box.x + box.width]), ...points.map(({ x }) => x)];
  const ys = [...boxes.flatMap((box) => [box.y, box.y + box.height]), ...points.map(({ y }) => y)];
  const [x, y] = [least(xs), least(ys)];
  return { x, y, width: most(xs) - x, height: most(ys) - y };
}

function most(numbers: readonly number[]): number {
  return 0 - least(numbers.map((each) => -each));
}

/** Return the smallest finite number, 0 where there is none; of many thousands too. */
function least(numbers: readonly number[]): number {
  const found = numbers.reduce((low, each) => (each < low ? each : low), Infinity);
  return Number.isFinite(found) ? found + 0 : 0;
}

function drawnBox(box: Box, theme: PictureTheme): string {
  const trouble = box.isWarning === true ? theme.warning : theme.problem;
  const edge = box.problem === undefined ? theme.edge : trouble;
  const rows: [string, number, string, string][] = [
    [box.kind ?? "", SMALL_LETTER, theme.faint, ' font-size="11"'],
    [box.title, BOLD_LETTER, theme.ink, ' font-weight="600"'],
    ...(box.lines ?? []).map((line): [string, number, string, string] => [line, LETTER, theme.faint, ""]),
    [box.problem ?? "", LETTER, trouble, ""],
  ];
  const shown = rows.filter(([row]) => row !== "");
  const first = (box.height - shown.length * ROW) / 2 + ROW - 4;
  return [
    `<g transform="translate(${number(box.x)} ${number(box.y)})">`,
    `<rect width="${number(box.width)}" height="${number(box.height)}" rx="8" ${fill(theme.card)}`,
    ` stroke="${escaped(edge)}" stroke-width="${box.problem === undefined ? 1 : 2}"/>`,
    `<svg width="${number(box.width - PAD / 2)}" height="${number(box.height)}">`,
    ...shown.map(([row, letter, colour, rest], index) => {
      const room = Math.floor((box.width - 2 * PAD) / letter);
      return text(cut(row, room), { x: PAD, y: first + index * ROW }, colour, rest);
    }),
    `</svg></g>`,
  ].join("");
}

function drawnStroke({ points, dashed }: Stroke, theme: PictureTheme): string {
  const path = points
    .map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${number(x)} ${number(y)}`)
    .join("");
  if (points.length < 2) return "";
  const dashes = dashed === true ? ' stroke-dasharray="5 4"' : "";
  return `<path d="${path}" fill="none" stroke="${escaped(theme.line)}" stroke-width="1.5"${dashes} marker-end="url(#tip)"/>`;
}

function drawnLabel({ points, label, at }: Stroke, theme: PictureTheme): string {
  const place = at ?? halfway(points);
  if (label === undefined || label === "" || place === undefined) return "";
  const width = label.length * LABEL_LETTER + 12;
  return [
    `<rect x="${number(place.x - width / 2)}" y="${number(place.y - 9)}" width="${number(width)}" height="18"`,
    ` rx="9" ${fill(theme.paper)}/>`,
    text(label, { x: place.x, y: place.y + 4 }, theme.faint, ' font-size="11" text-anchor="middle"'),
  ].join("");
}

function halfway(points: readonly Point[]): Point | undefined {
  const middle = Math.floor((points.length - 1) / 2);
  const [one, other] = [points[middle], points[middle + 1]];
  return one && other ? { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 } : one;
}

function text(words: string, { x, y }: Point, colour: string, rest = ""): string {
  return words === ""
    ? ""
    : `<text x="${number(x)}" y="${number(y)}" ${fill(colour)}${rest}>${escaped(words)}</text>`;
}

function cut(words: string, most: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(words), ({ segment }) => segment);
  if (letters.length <= most) return words;
  return `${letters
    .slice(0, Math.max(1, most - 1))
    .join("")
    .trimEnd()}…`;
}

function fill(colour: string): string {
  return `fill="${escaped(colour)}"`;
}

function number(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 10) / 10) : "0";
}

/** Write words so that they are words in XML, and cannot turn the direction of what stands around them. */
function escaped(words: string): string {
  return words
    .toWellFormed()
    .replaceAll(UNFIT, "")
    .replaceAll(TURNING, "")
    .replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
