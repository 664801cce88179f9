import { describe, expect, test } from "vitest";
import { snoozes, tries } from "./later";

const named = (at: string) =>
  snoozes(new Date(at)).map(({ name, at: moment }) => [name, moment.toString().slice(0, 21)]);

describe("when a task may be due again", () => {
  test.each([
    [
      "on a Monday morning",
      "2026-03-02T10:20:00",
      [
        ["hour", "Mon Mar 02 2026 11:20"],
        ["afternoon", "Mon Mar 02 2026 15:00"],
        ["tomorrow", "Tue Mar 03 2026 09:00"],
        ["week", "Mon Mar 09 2026 09:00"],
      ],
    ],
    [
      "late, when the afternoon is hardly ahead",
      "2026-03-05T14:30:00",
      [
        ["hour", "Thu Mar 05 2026 15:30"],
        ["tomorrow", "Fri Mar 06 2026 09:00"],
        ["week", "Mon Mar 09 2026 09:00"],
      ],
    ],
    [
      "on a Sunday, whose tomorrow is Monday",
      "2026-03-01T20:00:00",
      [
        ["hour", "Sun Mar 01 2026 21:00"],
        ["tomorrow", "Mon Mar 02 2026 09:00"],
      ],
    ],
  ])("%s", (_, now, expected) => {
    expect(named(now)).toEqual(expected);
  });

  test("a call is tried again in two hours or in the morning", () => {
    expect(tries(new Date("2026-03-02T10:00:00")).map(({ at }) => at.getHours())).toEqual([12, 9]);
  });
});
