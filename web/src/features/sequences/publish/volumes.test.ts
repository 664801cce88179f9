import { describe, expect, it } from "vitest";
import { barsOf, daysOfFirstRound } from "./volumes";

const volume = (day: string, sent: number, sender_id = 1, cap: number | null = 50) => ({
  day,
  sent,
  sender_id,
  sender: "",
  name: "",
  cap,
});

describe("the picture of the days", () => {
  it("has every day, also those on which nothing leaves", () => {
    const { bars } = barsOf({ volumes: [volume("2026-11-27", 5), volume("2026-11-30", 2)] });
    expect(bars.map((bar) => bar.sent)).toEqual([5, 0, 0, 2]);
  });

  it("adds up the senders and their caps", () => {
    const found = barsOf({ volumes: [volume("2026-11-27", 5), volume("2026-11-27", 7, 2, 100)] });
    expect(found).toMatchObject({ cap: 150, senders: 2, bars: [{ sent: 12 }] });
  });

  it("has no cap where a sender has none", () => {
    expect(
      barsOf({ volumes: [volume("2026-11-27", 5), volume("2026-11-27", 7, 2, null)] }).cap,
    ).toBeUndefined();
  });

  it("says how many days it does not draw", () => {
    const { bars, more } = barsOf({ volumes: [volume("2026-11-01", 1), volume("2026-11-30", 1)] });
    expect([bars.length, more]).toEqual([21, 9]);
  });

  it("is empty without messages", () => {
    expect(barsOf({ volumes: [] }).bars).toEqual([]);
  });
});

describe("the first round", () => {
  it.each([
    ["one day", "2026-11-24T09:00:00", "2026-11-24T16:00:00", 1],
    ["over midnight", "2026-11-24T23:00:00", "2026-11-25T01:00:00", 2],
  ])("takes %s", (_, first_send_at, first_round_until, days) => {
    expect(daysOfFirstRound({ first_send_at, first_round_until })).toBe(days);
  });

  it("is unknown when nothing is sent", () => {
    expect(daysOfFirstRound({ first_send_at: null, first_round_until: null })).toBeUndefined();
  });
});
