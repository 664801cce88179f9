import { expect, it } from "vitest";
import { removeEntry } from "./branches";
import type { FlowDocument } from "./document";
import { change, remove } from "./edits";
import { reset, revive } from "./revive";
import { FORK, lineOf } from "./testing/steps";
import { faultsOf } from "./testing/valid";
import { linear } from "./ways";

const lostBy = (before: FlowDocument, after: FlowDocument) =>
  before.steps.filter(({ key }) => after.steps.every((step) => step.key !== key));

it("brings a step back where it was, and keeps what was edited since", () => {
  const before = lineOf("a", "b", "c");
  const after = change(remove(before, "b"), "c", { name: "later" });
  const back = revive(after, before, "b", lostBy(before, after));
  expect(linear(back)).toEqual(["a", "b", "c"]);
  expect(back.steps.find(({ key }) => key === "c")?.name).toBe("later");
});

it("brings back the steps that went with a fork", () => {
  const after = remove(FORK, "ask");
  expect(after.steps.map(({ key }) => key)).toEqual(["no", "last"]);
  const back = revive(after, FORK, "ask", lostBy(FORK, after));
  expect(new Set(back.steps.map(({ key }) => key))).toEqual(new Set(["ask", "yes", "no", "last"]));
  expect(back.start).toBe("ask");
});

it("brings a branch back with its steps", () => {
  const after = removeEntry(FORK, "ask", 0);
  const back = reset(after, FORK, "ask", lostBy(FORK, after));
  expect(new Set(back.steps)).toEqual(new Set(FORK.steps));
});

it("ends ways to steps that are gone meanwhile", () => {
  const after = remove(removeEntry(FORK, "ask", 0), "last");
  const back = reset(after, FORK, "ask", lostBy(FORK, removeEntry(FORK, "ask", 0)));
  expect(faultsOf(back)).toEqual([]);
});
