import { describe, expect, it } from "vitest";
import { ahead, localeOf } from "./time";

const NOW = new Date(2026, 10, 24, 14, 5, 32).getTime();

it.each([
  ["the first flavour of the language that the browser speaks", "en", ["de-AT", "en-GB", "en-US"], "en-GB"],
  ["the language itself where the browser speaks none", "de", ["en-GB"], "de"],
])("writes dates in %s", (_, language, spoken, expected) => {
  expect(localeOf(language, spoken)).toBe(expected);
});

describe("how far something is ahead", () => {
  it.each([
    ["past is now", -5, { kind: "now" }],
    ["seconds are rounded up, so that 0 means now", 8.2, { kind: "seconds", seconds: 9 }],
    ["minutes keep their seconds", 80, { kind: "minutes", minutes: 1, seconds: 20 }],
    ["later today is a time", 2 * 3_600 - 332, { kind: "at", time: "16:00" }],
  ])("%s", (_, seconds, expected) => {
    expect(ahead(NOW + seconds * 1_000, NOW, "en-GB")).toEqual(expected);
  });

  it("names the day beyond today", () => {
    expect(ahead(NOW + 86_400_000, NOW, "de")).toEqual({ kind: "at", time: "25. Nov., 14:05" });
  });
});
