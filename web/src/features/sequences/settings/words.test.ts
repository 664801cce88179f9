import { describe, expect, it } from "vitest";
import { spanOf, windowOf, windowWords } from "./words";

const OFFICE = { days: [1, 2, 3, 4, 5], from: "09:00", until: "17:00" };

describe("a sending window", () => {
  it("is read as one span on some days, and written again", () => {
    expect(spanOf(windowOf(OFFICE))).toEqual(OFFICE);
    expect(windowOf({ ...OFFICE, days: [7] })).toEqual({ sunday: [["09:00", "17:00"]] });
  });

  it.each([
    ["days differ", { monday: [["09:00", "17:00"]], friday: [["09:00", "12:00"]] }],
    [
      "a day has two spans",
      {
        monday: [
          ["09:00", "12:00"],
          ["13:00", "17:00"],
        ],
      },
    ],
  ])("is none where %s", (_, window) => {
    expect(spanOf(window)).toBeUndefined();
  });

  it.each([
    [[1, 2, 3, 4, 5], "Mon–Fri 09:00–17:00"],
    [[1, 3], "Mon, Wed 09:00–17:00"],
  ])("is said in a few words", (days, words) => {
    const t = (() => "") as unknown as Parameters<typeof windowWords>[0];
    expect(windowWords(t, windowOf({ ...OFFICE, days }), "en")).toBe(words);
  });
});
