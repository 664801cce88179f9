import { describe, expect, it } from "vitest";
import { eventOf, operatorsOf, typeOf } from "./fields";

const OWN = [
  { field: "custom.seats", label: "Seats", type: "number" },
  { field: "custom.odd", label: "Odd", type: "unheard of" },
];

describe("a field", () => {
  it.each([
    ["stage", "text"],
    ["created_at", "date"],
    ["tag", "names"],
    ["event.replied", "event"],
    ["custom.seats", "number"],
    ["custom.odd", "text"],
    ["custom.gone", "text"],
  ])("%s is asked as %s", (field, type) => {
    expect(typeOf(field, OWN)).toBe(type);
  });

  it("of a type is asked what the type allows", () => {
    expect(operatorsOf(typeOf("stage", OWN))).not.toContain("less");
    expect(operatorsOf(typeOf("custom.seats", OWN))).toContain("less");
  });

  it("is an event that is known, or none", () => {
    expect(eventOf("event.replied")).toBe("replied");
    expect(eventOf("event.danced")).toBeUndefined();
    expect(eventOf("stage")).toBeUndefined();
  });
});
