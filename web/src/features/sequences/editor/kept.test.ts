import { beforeEach, describe, expect, it, vi } from "vitest";
import { lineOf } from "@/flow/testing/steps";
import { keepIn, type Kept } from "./kept";

const KEPT: Kept = { revision: 3, base: lineOf("a"), document: lineOf("a", "b") };

beforeEach(() => {
  window.localStorage.clear();
});

describe("edits that are kept in the browser", () => {
  const keep = () => keepIn(window.localStorage, 1, 7);

  it("are read as they were written, by the same person in the same sequence", () => {
    keep().write(KEPT);
    expect(keep().read()).toEqual(KEPT);
    expect(keepIn(window.localStorage, 2, 7).read()).toBeUndefined();
    expect(keepIn(window.localStorage, 1, 8).read()).toBeUndefined();
    keep().clear();
    expect(keep().read()).toBeUndefined();
  });

  it("say what was on its way to the server", () => {
    const sent = { ...KEPT, sent: lineOf("a", "c") };
    keep().write(sent);
    expect(keep().read()).toEqual(sent);
  });

  it.each([
    "",
    "{",
    "null",
    "5",
    '{"format":1}',
    '{"format":1,"at":9e99,"revision":1,"base":{},"document":{}}',
  ])("are none where something else lies there: %s", (text) => {
    keep().write(KEPT);
    const name = window.localStorage.key(0) ?? "";
    window.localStorage.setItem(name, text);
    expect(keep().read()).toBeUndefined();
  });

  it("are of the twenty sequences edited last", () => {
    for (let sequence = 0; sequence < 25; sequence++) keepIn(window.localStorage, 1, sequence).write(KEPT);
    expect(window.localStorage).toHaveLength(20);
    expect(keepIn(window.localStorage, 1, 24).read()).toEqual(KEPT);
  });

  it("are forgotten after a month", () => {
    vi.useFakeTimers();
    keep().write(KEPT);
    vi.advanceTimersByTime(31 * 86_400_000);
    expect(keep().read()).toBeUndefined();
    keepIn(window.localStorage, 1, 8).write(KEPT);
    expect(window.localStorage).toHaveLength(1);
    vi.useRealTimers();
  });

  it("are left to the server where the browser refuses", () => {
    const full: Partial<Storage> = {
      setItem: () => expect.fail("full"),
      getItem: () => expect.fail("shut"),
    };
    const refused = keepIn(full as Storage, 1, 7);
    refused.write(KEPT);
    expect(refused.read()).toBeUndefined();
  });
});

describe("edits of two tabs of one sequence", () => {
  const tab = (name: string) => keepIn(window.localStorage, 1, 7, name);
  const other: Kept = { ...KEPT, document: lineOf("a", "c") };

  it("are kept beside each other", () => {
    tab("one").write(KEPT);
    tab("two").write(other);
    expect(tab("one").read()).toEqual(KEPT);
    expect(tab("two").read()).toEqual(other);
    tab("two").clear();
    expect(tab("one").read()).toEqual(KEPT);
  });

  it("are gone on with in a new tab where theirs was left, the newest first, and each once", () => {
    vi.useFakeTimers();
    tab("one").write(KEPT);
    vi.advanceTimersByTime(1_000);
    tab("two").write(other);
    const next = tab("three");
    expect(next.read()).toEqual(other);
    next.clear();
    expect(next.read()).toEqual(KEPT);
    next.write(KEPT);
    expect(window.localStorage).toHaveLength(1);
    next.clear();
    expect(next.read()).toBeUndefined();
    vi.useRealTimers();
  });

  it("stay with a tab that is still written in", () => {
    vi.useFakeTimers();
    tab("one").write(KEPT);
    const next = tab("two");
    next.read();
    vi.advanceTimersByTime(1_000);
    tab("one").write(other);
    next.clear();
    expect(tab("one").read()).toEqual(other);
    vi.useRealTimers();
  });

  it("are those of the same tab after it was loaded again", () => {
    keepIn(window.localStorage, 1, 7).write(KEPT);
    tab("elsewhere").write(other);
    expect(keepIn(window.localStorage, 1, 7).read()).toEqual(KEPT);
  });
});
