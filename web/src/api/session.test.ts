import { expect, it } from "vitest";
import { destination, may } from "./session";

it.each([
  ["the page that was asked for", "?next=%2Fsettings%2Fkeys%3Fa%3D1", "/settings/keys?a=1"],
  ["the start without one", "", "/"],
  ["the start instead of another site", "?next=https%3A%2F%2Felsewhere.test%2F", "/"],
  ["the start instead of a site without its scheme", "?next=%2F%2Felsewhere.test", "/"],
  ["the start instead of a site behind a backslash", "?next=%2F%5Celsewhere.test", "/"],
])("leads after signing in to %s", (_, search, expected) => {
  expect(destination(search, "https://drumbeat.test")).toBe(expected);
});

it("knows no right before the session is there", () => {
  expect(may(undefined, "contacts.edit")).toBe(false);
});
