import { describe, expect, it } from "vitest";
import { askedOf, USUAL } from "./choices";
import { drawnOf, lengthOf, overflowsOf } from "./outcome";

const volume = (day: string, sent: number, sender_id = 1, cap: number | null = 50, waiting = 0) => ({
  day,
  sender_id,
  sent,
  waiting,
  cap,
});
const senders = [1, 2, 3, 4, 5, 6].map((id) => ({ id, address: `s${id}@ours.test`, zone: "UTC" }));

describe("the days of a simulation", () => {
  it("are all there, also those on which nothing leaves", () => {
    const { days } = drawnOf({ volumes: [volume("2026-11-27", 5), volume("2026-11-30", 2)], senders });
    expect(days.map(({ sent }) => sent)).toEqual([5, 0, 0, 2]);
  });

  it("stack the senders, those who send most first, and add up their caps", () => {
    const volumes = [volume("2026-11-27", 5), volume("2026-11-27", 7, 2, 100, 3)];
    const drawn = drawnOf({ volumes, senders });
    expect(drawn.senders).toEqual(["s2@ours.test", "s1@ours.test"]);
    expect(drawn.days[0]).toMatchObject({ parts: [7, 5], sent: 12, waiting: 3, cap: 150 });
  });

  it("draw what has no colour of its own as one", () => {
    const volumes = [1, 2, 3, 4, 5, 6].map((id) => volume("2026-11-27", 10 - id, id));
    const drawn = drawnOf({ volumes, senders });
    expect(drawn.senders).toEqual(["s1@ours.test", "s2@ours.test", "s3@ours.test", ""]);
    expect(drawn.days[0]?.parts).toEqual([9, 8, 7, 15]);
  });

  it("have no cap where a sender has none, and none where nothing leaves", () => {
    expect(drawnOf({ volumes: [volume("2026-11-27", 5, 1, null)], senders }).days[0]?.cap).toBeUndefined();
    expect(drawnOf({ volumes: [], senders }).days).toEqual([]);
  });
});

describe("what has to wait", () => {
  it("is summed up by sender and reason", () => {
    const wait = { sender_id: 1, reason: "cap_day" as const, messages: 4, longest_minutes: 90 };
    const waits = [
      { ...wait, day: "2026-11-27" },
      { ...wait, day: "2026-11-28", longest_minutes: 2880 },
      { ...wait, day: "2026-11-28", reason: "retry" as const, messages: 9 },
    ];
    expect(overflowsOf({ waits, senders })).toEqual([
      { sender: "s1@ours.test", reason: "retry", messages: 9, longestMinutes: 90, days: 1 },
      { sender: "s1@ours.test", reason: "cap_day", messages: 8, longestMinutes: 2880, days: 2 },
    ]);
  });

  it.each([
    [90, { unit: "minutes", count: 90 }],
    [120, { unit: "hours", count: 2 }],
    [2879, { unit: "hours", count: 48 }],
    [2880, { unit: "days", count: 2 }],
  ])("%d minutes have a length in words", (minutes, length) => {
    expect(lengthOf(minutes)).toEqual(length);
  });
});

describe("what is asked for", () => {
  it("names people in one way, and rates above nothing only", () => {
    const asked = askedOf({ ...USUAL, version: "draft" });
    expect(asked).toMatchObject({ version: "draft", people: 200, days: 60 });
    expect(asked.script?.rates.map(({ event }) => event)).toEqual(["replied", "bounced", "opted_out"]);
    const list = askedOf({ ...USUAL, version: "", whom: "list 7" });
    expect(list).toMatchObject({ version: null, list_id: 7 });
    expect(list).not.toHaveProperty("people");
    expect(askedOf({ ...USUAL, version: "", whom: "segment 3" })).toMatchObject({ segment_id: 3 });
  });
});
