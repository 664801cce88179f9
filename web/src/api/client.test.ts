import { expect, it } from "vitest";
import { csrfToken } from "./client";

it.each([
  ["alone", "csrftoken=abc", "abc"],
  ["among others", "sessionid=1; csrftoken=abc; theme=dark", "abc"],
  ["missing", "xcsrftoken=abc", ""],
])("finds Django's token: %s", (_, cookies, expected) => {
  expect(csrfToken(cookies)).toBe(expected);
});
