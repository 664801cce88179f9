import i18next from "i18next";
import { createElement } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { draw } from "@/app/testing/draw";
import type { Condition } from "@/flow/condition";
import { ruleOn } from "@/flow/rules";
import { branchName, nameAsking } from "./branchNames";

const asks = (...events: string[]): Condition => ({
  rules: events.map((event) => ruleOn(`event.${event}`, "event")),
});
const t = () => i18next.getFixedT("en", "sequences");
const branch = (name: string, ...events: string[]) => ({ name, condition: asks(...events) });

describe("the name of a branch", () => {
  beforeAll(async () => {
    await draw(createElement("p"));
  });

  it.each([
    ["its question", asks("opened"), [], "Opened it"],
    ["a number where another asks the same", asks("opened"), [branch("Opened it")], "Opened it 2"],
    [
      "its place where it asks too much to say",
      asks("opened", "clicked", "replied", "bounced"),
      [],
      "Branch 1",
    ],
    ["its place where it asks nothing", {}, [branch("Replied")], "Branch 2"],
  ])("is %s", (_, condition, others, name) => {
    expect(branchName(t(), condition, others)).toBe(name);
  });

  it.each([
    ["Replied", "Opened it"],
    ["Branch 2", "Opened it"],
    ["", "Opened it"],
    ["Warm", "Warm"],
    ["Replied to us", "Replied to us"],
  ])("%j becomes %j once *opened* is asked", (before, after) => {
    expect(nameAsking(t(), [branch(before, "replied")], 0, asks("opened"), [])).toBe(after);
  });

  it("stays apart from the others", () => {
    const branches = [branch("Opened it", "opened"), branch("Replied", "replied")];
    expect(nameAsking(t(), branches, 1, asks("opened"), [])).toBe("Opened it 2");
  });
});
