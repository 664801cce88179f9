import { expect, it } from "vitest";
import { markedIn } from "./doubts";

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
