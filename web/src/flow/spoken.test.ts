import { describe, expect, test } from "vitest";
import { asRead, isPersonal, secondsToSay } from "./spoken";

describe("a text as it is read", () => {
  test.each([
    ["Hello", "Hello"],
    ['Hi {{ contact.first_name | default: "there" }}!', "Hi there!"],
    ["Hi {{ contact.first_name }}", "Hi Margaret"],
    ["{% if contact.title %}Dear{% endif %} all", "Dear all"],
    ["{{ contact.first_name | upcase }}", ""],
  ])("%s", (text, read) => {
    expect(asRead(text)).toBe(read);
  });

  test("its length depends on the person only where there are tags", () => {
    expect([isPersonal("Hi"), isPersonal("Hi {{ contact.first_name }}")]).toEqual([false, true]);
  });
});

describe("how long a script takes", () => {
  test.each([
    ["", 0],
    [" – … ", 0],
    ["one", 1],
    [Array(150).fill("word").join(" "), 60],
    [Array(151).fill("word").join(" "), 61],
    ["Hi {{ contact.first_name }}, it is Kim.", 2],
  ])("%s", (script, seconds) => {
    expect(secondsToSay(script)).toBe(seconds);
  });
});
