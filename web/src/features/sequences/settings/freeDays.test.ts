import { expect, it } from "vitest";
import { nextFree } from "./freeDays";

it("the next free days come in order, each once and with the name that it has", () => {
  const all = [
    { day: "2026-12-25", name: "" },
    { day: "2026-12-25", name: "Christmas Day" },
    { day: "2026-12-24", name: "" },
    { day: "2026-01-01", name: "New Year" },
    { day: "2027-01-06", name: "Epiphany" },
    { day: "2027-01-01", name: "New Year" },
  ];
  expect(nextFree(all, "2026-12-01")).toEqual([
    { day: "2026-12-24", name: "" },
    { day: "2026-12-25", name: "Christmas Day" },
    { day: "2027-01-01", name: "New Year" },
  ]);
});
