import { describe, expect, it } from "vitest";
import { differsThere, isZone, relative, when } from "./moments";

const NOW = Date.parse("2026-11-24T13:00:00Z");
const BERLIN = { language: "en-GB", zone: "Europe/Berlin" };

describe("a moment in words", () => {
  it.each([
    ["today", "2026-11-24T13:05:00Z", "today 14:05"],
    ["tomorrow, as the calendar there says", "2026-11-24T23:30:00Z", "tomorrow 00:30"],
    ["yesterday", "2026-11-23T08:00:00Z", "yesterday 09:00"],
    ["a day further off by its date", "2026-12-01T08:10:00Z", "Tue 1 Dec 09:10"],
    ["another year by its year", "2027-01-05T08:10:00Z", "Tue 5 Jan 2027 09:10"],
    ["the day the clocks change", "2026-10-25T12:00:00Z", "Sun 25 Oct 13:00"],
  ])("is %s", (_, at, expected) => {
    expect(when(Date.parse(at), NOW, BERLIN)).toBe(expected);
  });

  it("speaks German", () => {
    expect(when(NOW, NOW, { language: "de-DE", zone: "Europe/Berlin" })).toBe("heute 14:00");
  });
});

describe("how far a moment is away", () => {
  it.each([
    ["now below a minute", 30_000, "now"],
    ["minutes ahead", 3 * 60_000, "in 3 min"],
    ["hours ago", -2 * 3_600_000, "2 hr ago"],
    ["days ahead", 3 * 86_400_000, "in 3 days"],
  ])("is %s", (_, ahead, expected) => {
    expect(relative(NOW + ahead, NOW, "en")).toBe(expected);
  });
});

describe("the contact's zone is shown", () => {
  it.each([
    ["where the day differs", "2026-11-24T13:00:00Z", "Pacific/Auckland", true],
    ["where only one of both is at the office", "2026-11-24T13:00:00Z", "America/New_York", true],
    ["not where both are at the office", "2026-11-24T13:00:00Z", "Europe/London", false],
    ["not where nobody knows the zone", "2026-11-24T13:00:00Z", "Mars/Base", false],
  ])("%s", (_, at, zone, expected) => {
    expect(differsThere(Date.parse(at), zone, "Europe/Berlin")).toBe(expected);
  });
});

it("knows a zone when it sees one", () => {
  expect([isZone("Europe/Berlin"), isZone("nowhere")]).toEqual([true, false]);
});
