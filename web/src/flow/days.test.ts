import { describe, expect, it } from "vitest";
import { beats, moments } from "./days";
import { addDelay, delayOf, daysBetween, parseDelay, writeDelay, type DelayUnit } from "./delay";
import type { FlowDocument, Step } from "./document";
import { FORK, lineOf, mail } from "./testing/steps";

const TUESDAY = new Date(2026, 10, 24, 14, 5);
const WEEK = new Set([1, 2, 3, 4, 5]);
const flow = (...steps: Step[]): FlowDocument => ({ format: 1, start: steps[0]?.key ?? null, steps });
const days = (document: FlowDocument, open?: ReadonlySet<number>) =>
  [...moments(document, TUESDAY, open)].map(
    ([key, { day, certain }]) => `${key} ${certain ? "" : "~"}${day}`,
  );

describe("a delay", () => {
  it.each([
    ["90m", 90, "minutes"],
    ["4h", 4, "hours"],
    [" 2D ", 2, "days"],
    ["3wd", 3, "weekdays"],
    ["1w", 1, "weeks"],
  ] as const)("reads %s", (text, value, unit) => {
    expect(parseDelay(text)).toEqual({ value, unit });
    expect(writeDelay({ value, unit })).toBe(text.trim().toLowerCase());
  });

  it.each(["", "2", "d", "-1d", "1.5d", "3651d", "2 d"])("refuses %j", (text) => {
    expect(parseDelay(text)).toBeUndefined();
  });

  it("is none where it is missing", () => {
    expect(delayOf(undefined).value).toBe(0);
  });

  it("is never written longer than 3650 days or below nothing", () => {
    expect(writeDelay({ value: 99_999, unit: "weeks" })).toBe("521w");
    expect(writeDelay({ value: -3, unit: "days" })).toBe("0d");
    expect(writeDelay({ value: Number.NaN, unit: "days" })).toBe("0d");
  });

  // The same cases as in the server's own specification of weekdays.
  it.each<[string, number, number, DelayUnit, number]>([
    ["Tuesday and four weekdays", 24, 4, "weekdays", 6],
    ["Friday and one weekday", 27, 1, "weekdays", 3],
    ["Saturday and one weekday", 28, 1, "weekdays", 2],
    ["Saturday and five weekdays", 28, 5, "weekdays", 6],
    ["Sunday and no weekday", 29, 0, "weekdays", 0],
    ["Tuesday and two weeks", 24, 2, "weeks", 14],
    ["an afternoon and ten hours", 24, 10, "hours", 1],
  ])("counts from %s", (_, day, value, unit, expected) => {
    const from = new Date(2026, 10, day, 14, 5);
    expect(daysBetween(from, addDelay(from, { value, unit }))).toBe(expected);
  });
});

describe("the day of each step", () => {
  it("runs from 0", () => {
    expect(days(lineOf("a", "b", "c"))).toEqual(["a 0", "b 2", "c 4"]);
  });

  it("waits for a day on which messages leave", () => {
    expect(days(flow(mail("a", "b"), mail("b", null, "2d")), WEEK)).toEqual(["a 2", "b 6"]);
    expect(days(flow(mail("a", null, "4d")), WEEK)).toEqual(["a 6"]);
  });

  it("is no more certain behind a task that somebody has to do", () => {
    const task = { key: "t", kind: "task", delay: "1d", next: "b" } as const;
    expect(days(flow(task, mail("b", null)))).toEqual(["t 1", "b ~3"]);
    expect(days(flow({ ...task, waits: false }, mail("b", null)))).toEqual(["t 1", "b 3"]);
  });

  it("is uncertain where ways of other lengths meet, and then the earliest", () => {
    expect(days(FORK)).toEqual(["ask 1", "yes 2", "no 4", "last ~3"]);
  });

  it("is unknown where nothing leads", () => {
    expect(days(flow(mail("a", null), mail("b", null)))).toEqual(["a 2"]);
  });

  it("makes a beat of what reaches a person", () => {
    expect(beats(FORK, moments(FORK, TUESDAY)).map(({ step, day }) => `${step.key} ${day}`)).toEqual([
      "yes 2",
      "no 4",
      "last 3",
    ]);
  });
});
