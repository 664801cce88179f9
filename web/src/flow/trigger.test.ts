import { describe, expect, it } from "vitest";
import {
  addEntry,
  entryOn,
  FIRST_RULE,
  isActionWhole,
  isWhole,
  putEntry,
  removeEntry,
  written,
  type StopAction,
  type Trigger,
} from "./trigger";

const WON = { rules: [{ field: "stage", operator: "equals", value: "won" }] } as const;
const OPEN = { rules: [{ field: "stage", operator: "equals", value: "" }] } as const;

describe("an entry of a trigger", () => {
  it("keeps its name where another event means the same by it", () => {
    expect(entryOn("tag_removed", { event: "tag_added", name: "vip" })).toEqual({
      event: "tag_removed",
      name: "vip",
    });
    expect(entryOn("list_joined", { event: "tag_added", name: "vip" })).toEqual({ event: "list_joined" });
    expect(entryOn("date_reached", { event: "field_changed", name: "company" })).toEqual({
      event: "date_reached",
    });
    expect(entryOn("becomes", { event: "replied" })).toEqual({ becomes: FIRST_RULE });
  });

  it("is put, added and removed by its number", () => {
    const one: Trigger = { any: [{ event: "replied" }] };
    const two = addEntry(one, { event: "clicked" });
    expect(putEntry(two, 0, { event: "opened" }).any).toEqual([{ event: "opened" }, { event: "clicked" }]);
    expect(removeEntry(two, 0).any).toEqual([{ event: "clicked" }]);
  });
});

describe("a trigger is whole", () => {
  it.each<[string, Trigger, boolean]>([
    ["not without an entry", { any: [] }, false],
    ["with an event of any name", { any: [{ event: "tag_added" }] }, true],
    ["not with a date that names no field", { any: [{ event: "date_reached", days: -7 }] }, false],
    ["with a date field", { any: [{ event: "date_reached", name: "custom.renewal" }] }, true],
    ["not with a condition that asks nothing", { any: [{ becomes: {} }] }, false],
    ["not with half a rule", { any: [{ becomes: OPEN }] }, false],
    ["with a condition", { any: [{ becomes: WON }] }, true],
    ["not with half a rule that must hold", { any: [{ event: "replied" }], all: OPEN }, false],
    ["with nothing that must hold", { any: [{ event: "replied" }], all: {} }, true],
  ])("%s", (_, trigger, whole) => {
    expect(isWhole(trigger)).toBe(whole);
  });
});

describe("what is done after the end is whole", () => {
  it.each<[string, StopAction, boolean]>([
    ["not with a tag that has no name", { kind: "tag", tag: " " }, false],
    ["with a tag", { kind: "tag", tag: "lost" }, true],
    ["not with a task that says nothing", { kind: "task" }, false],
    ["with a task that has no more than a text", { kind: "task", text: "Call" }, true],
    ["with a suppression of every channel", { kind: "suppress" }, true],
  ])("%s", (_, action, whole) => {
    expect(isActionWhole(action)).toBe(whole);
    expect(isWhole({ any: [{ event: "replied" }], actions: [action] })).toBe(whole);
  });
});

it("a trigger is written without what says nothing", () => {
  expect(written({ any: [{ event: "tag_added", name: " ", days: 0 }], all: { rules: [] } })).toEqual({
    any: [{ event: "tag_added" }],
  });
  expect(written({ any: [{ event: "replied" }], all: WON })).toEqual({
    any: [{ event: "replied" }],
    all: WON,
  });
});
