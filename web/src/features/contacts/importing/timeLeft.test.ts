import { expect, it } from "vitest";
import { secondsLeft } from "./timeLeft";

const BEGUN = { at: 0, done: 100 };

it.each([
  ["says nothing in the first seconds", 200, 1_000, 2_000, undefined],
  ["goes by the pace since the page is open", 600, 1_600, 10_000, 20],
  ["says nothing while nothing moves", 100, 1_000, 10_000, undefined],
  ["says nothing at the end", 1_000, 1_000, 10_000, undefined],
])("the time left %s", (_, done, total, now, seconds) => {
  expect(secondsLeft(BEGUN, done, total, now)).toBe(seconds);
});
