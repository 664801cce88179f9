import { describe, expect, test } from "vitest";
import type { PhoneNumber } from "@/api/numbers";
import { windowOf } from "@/flow/hours";
import { formOf, paceOf } from "./pace";

const NUMBER = {
  name: "Sales",
  cap_per_day: 80,
  cap_per_minute: null,
  window: windowOf([1, 2], "10:00", "12:00"),
  service_sid: "MG1",
  registration: "pending",
} as unknown as PhoneNumber;

describe("the pace of a number", () => {
  test("a fresh one sends fifty a day in office hours", () => {
    expect(formOf(paceOf())).toMatchObject({
      cap_per_day: 50,
      no_cap_per_minute: true,
      window: windowOf([1, 2, 3, 4, 5], "09:00", "17:00"),
    });
  });

  test("what was not touched stays", () => {
    expect(formOf(paceOf(NUMBER))).toEqual({
      name: "Sales",
      service_sid: "MG1",
      registration: "pending",
      cap_per_day: 80,
      no_cap_per_day: false,
      no_cap_per_minute: true,
      no_cap_per_hour: false,
      no_warm_up: false,
      window: NUMBER.window,
    });
  });

  test("at any hour there is no window", () => {
    expect(formOf({ ...paceOf(NUMBER), anyHour: true })).not.toHaveProperty("window");
  });
});
