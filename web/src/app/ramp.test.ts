import { expect, it } from "vitest";
import { ramp } from "./ramp";

it("keeps the three known shades exact, where the theme looks for them", () => {
  const shades = ramp("#FCECEA", "#F2938A", "#B3281E");
  expect([shades[0], shades[4], shades[7]]).toEqual(["#FCECEA", "#F2938A", "#B3281E"]);
});

it("makes ten shades that only get darker", () => {
  const sums = ramp("#E8F4EB", "#7CC796", "#1E7142").map((hex) =>
    [1, 3, 5].reduce((sum, start) => sum + Number.parseInt(hex.slice(start, start + 2), 16), 0),
  );
  expect(sums).toHaveLength(10);
  expect(sums).toEqual([...sums].sort((a, b) => b - a));
});
