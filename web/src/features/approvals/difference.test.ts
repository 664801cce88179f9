import { expect, it } from "vitest";
import { differenceOf, markedIn, type Piece } from "./difference";

const MARKS = { same: ["", ""], out: ["[-", "-]"], in: ["[+", "+]"] } as const;
const drawn = (pieces: readonly Piece[]) =>
  pieces.map(({ kind, text }) => `${MARKS[kind][0]}${text}${MARKS[kind][1]}`).join("");

it.each([
  ["nothing changed", "Hi Ana,\n\nhow are you?", "Hi Ana,\n\nhow are you?", "Hi Ana,\n\nhow are you?"],
  ["a word", "Would a call suit you?", "Would Thursday suit you?", "Would [-a call-][+Thursday+] suit you?"],
  ["two words in a row", "a quick call", "a short talk", "a [-quick call-][+short talk+]"],
  ["a sentence more", "One. Two.", "One. And a half. Two.", "One. [+And a half. +]Two."],
  ["a sentence less", "One. And a half. Two.", "One. Two.", "One. [-And a half. -]Two."],
  ["all", "old", "new", "[-old-][+new+]"],
  ["from nothing", "", "new", "[+new+]"],
  ["to nothing", "old", "", "[-old-]"],
])("shows %s", (_what, before, after, expected) => {
  expect(drawn(differenceOf(before, after))).toBe(expected);
});

it("loses no letter of either text", () => {
  const before = "You wrote that it runs on paper.\n\nMost plants lose half a day.\n\nBest\nMira";
  const after = "You wrote that it is on paper.\nAt a dairy it was three hours.\n\nBest\nMira  V.";
  const pieces = differenceOf(before, after);
  const without = (kind: Piece["kind"]) =>
    pieces
      .filter((piece) => piece.kind !== kind)
      .map(({ text }) => text)
      .join("");
  expect(without("in")).toBe(before);
  expect(without("out")).toBe(after);
});

it("takes no time for long texts that have nothing in common", () => {
  const words = (of: string) => Array.from({ length: 20_000 }, (_, index) => `${of}${index}`).join(" ");
  expect(differenceOf(words("a"), words("b"))).toHaveLength(2);
});

it("marks each doubtful word where it stands first, whatever its case", () => {
  expect(markedIn("We save 40% and you OPENED a line: 40%.", ["opened a line", "40%"])).toEqual([
    { text: "We save ", doubt: undefined },
    { text: "40%", doubt: 1 },
    { text: " and you ", doubt: undefined },
    { text: "OPENED a line", doubt: 0 },
    { text: ": 40%.", doubt: undefined },
  ]);
});

it("marks nothing that is not there, and nothing twice", () => {
  expect(markedIn("Hello", ["", "bye"])).toEqual([{ text: "Hello", doubt: undefined }]);
  expect(markedIn("a line", ["a line", "line"])).toEqual([{ text: "a line", doubt: 0 }]);
});
