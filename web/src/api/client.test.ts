import { describe, expect, it } from "vitest";
import { ApiError, csrfToken, refusalOf } from "./client";

it.each([
  ["alone", "csrftoken=abc", "abc"],
  ["among others", "sessionid=1; csrftoken=abc; theme=dark", "abc"],
  ["missing", "xcsrftoken=abc", ""],
])("finds Django's token: %s", (_, cookies, expected) => {
  expect(csrfToken(cookies)).toBe(expected);
});

describe("what the server has against a request", () => {
  const problem = (status: number, code: string) =>
    new ApiError(status, {
      type: "about:blank",
      title: code,
      status,
      code,
      detail: `It is ${code}.`,
    });

  it.each([
    ["a conflict", problem(409, "changed_meanwhile"), "It is changed_meanwhile."],
    ["what is not there", problem(404, "not_found"), "It is not_found."],
    ["a busy database, which takes it later", problem(503, "database_busy"), undefined],
    ["too many requests", problem(429, "too_many"), undefined],
    ["no answer in our shape", new ApiError(502), undefined],
    ["no answer at all", new TypeError("Failed to fetch"), undefined],
  ])("%s", (_, error, said) => {
    expect(refusalOf(error)?.detail).toBe(said);
  });
});
