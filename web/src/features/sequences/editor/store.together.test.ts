// Somebody else saves, or nobody answers: nothing of either is overwritten, nothing of ours is lost.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FlowDocument } from "@/flow/document";
import { change, insert, remove } from "@/flow/edits";
import { lineOf, mail } from "@/flow/testing/steps";
import { linear } from "@/flow/ways";
import { server } from "./testing";

const ABC = lineOf("a", "b", "c");
const delay = (key: string, text: string) => (document: FlowDocument) =>
  change(document, key, { delay: text });
const behind = (key: string, added: string) => (document: FlowDocument) =>
  insert(document, { step: key, way: "next" }, mail(added, null));
const order = (document: FlowDocument | undefined) => document && linear(document)?.join("");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function opened() {
  const made = server(ABC);
  await made.store.refresh();
  const present = () => made.store.current()?.history.present;
  const state = () => made.store.current()?.saving.state;
  const step = (key: string) => present()?.steps.find((each) => each.key === key);
  return { ...made, present, state, step };
}

describe("when somebody else saved and nothing here is unsaved", () => {
  it("takes theirs and says who changed which steps", async () => {
    const { store, saved, present } = await opened();
    saved(behind("a", "x"));
    await store.heard(2);
    expect(order(present())).toBe("axbc");
    expect(store.current()?.news).toEqual({ kind: "taken", by: "Mira", steps: ["x"] });
  });

  it("does not ask again for what it has", async () => {
    const { store, saved, present } = await opened();
    saved(behind("a", "x"));
    await store.heard(1);
    expect(order(present())).toBe("abc");
  });

  it("undoes and redoes our own edits alone", async () => {
    const { held, store, saved, step } = await opened();
    store.edit(delay("a", "5d"));
    await store.flush();
    saved(delay("c", "9d"));
    await store.heard(3);
    store.undo();
    expect([step("a")?.delay, step("c")?.delay]).toEqual(["0m", "9d"]);
    store.redo();
    expect([step("a")?.delay, step("c")?.delay]).toEqual(["5d", "9d"]);
    await store.flush();
    expect(held.document.steps.map((each) => each.delay)).toEqual(["5d", "2d", "9d"]);
  });
});

describe("when both edited", () => {
  it("merges different steps, saves by itself and says so", async () => {
    const { held, store, saved, state } = await opened();
    store.edit(delay("a", "5d"));
    saved(behind("c", "x"));
    await vi.advanceTimersByTimeAsync(3_000);
    expect([state(), order(held.document), held.document.steps[0]?.delay]).toEqual(["saved", "abcx", "5d"]);
    expect(store.current()?.news).toEqual({ kind: "merged", by: "Mira", steps: ["x"] });
    store.undo();
    await store.flush();
    expect([order(held.document), held.document.steps[0]?.delay]).toEqual(["abcx", "0m"]);
  });

  it("is all saved when somebody waits for it, as publishing does", async () => {
    const { held, store, saved } = await opened();
    store.edit(delay("a", "5d"));
    saved(behind("c", "x"));
    expect(await store.flush()).toBe(true);
    expect(order(held.document)).toBe("abcx");
  });

  it("asks where both changed one thing, and overwrites nothing until then", async () => {
    const { held, store, saved, state } = await opened();
    store.edit(delay("a", "5d"));
    saved(delay("a", "9d"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([state(), held.document.steps[0]?.delay, held.saves]).toEqual(["conflict", "9d", 1]);
    expect(store.conflicts(new Map())).toMatchObject([{ id: "a/delay", mine: "5d", theirs: "9d" }]);
    store.edit(behind("a", "more"));
    store.undo();
    expect(store.current()?.history.present.steps[0]?.delay).toBe("5d");
    expect(await store.flush()).toBe(false);
  });

  it.each([
    ["mine", "5d"],
    ["theirs", "9d"],
  ] as const)("goes on from what was chosen: %s", async (side, expected) => {
    const { held, store, saved, step } = await opened();
    store.edit(delay("a", "5d"));
    store.edit(delay("b", "7d"));
    saved(delay("a", "9d"));
    await vi.advanceTimersByTimeAsync(1_000);
    store.resolve(new Map());
    expect(store.current()?.saving.state).toBe("conflict");
    store.resolve(new Map([["a/delay", side]]));
    expect(await store.flush()).toBe(true);
    expect(held.document.steps.map((each) => each.delay)).toEqual([expected, "7d", "2d"]);
    store.undo();
    expect(step("b")?.delay).toBe("2d");
  });

  it("goes on from theirs alone", async () => {
    const { held, store, saved, present } = await opened();
    store.edit((document) => remove(document, "b"));
    saved(delay("b", "9d"));
    await vi.advanceTimersByTimeAsync(1_000);
    store.takeTheirs();
    expect(order(present())).toBe("abc");
    store.edit(behind("c", "x"));
    await store.flush();
    expect(order(held.document)).toBe("abcx");
  });

  it("waits for the server where it cannot be asked what the other saved", async () => {
    const { held, store, saved, state } = await opened();
    store.edit(delay("a", "5d"));
    saved(behind("c", "x"));
    held.failure = { kind: "offline" };
    await vi.advanceTimersByTimeAsync(1_000);
    expect(state()).toBe("offline");
    held.failure = undefined;
    await vi.advanceTimersByTimeAsync(6_000);
    expect([state(), order(held.document)]).toEqual(["saved", "abcx"]);
  });
});

describe("what is kept in the browser", () => {
  it("is what is not saved, and nothing once it is", async () => {
    const { keep, store } = await opened();
    store.edit(delay("a", "5d"));
    expect(keep.held.kept?.document.steps[0]?.delay).toBe("5d");
    await store.flush();
    expect(keep.held.kept).toBeUndefined();
  });

  it("comes back after a reload without a network, and is saved", async () => {
    const { held, store, open } = await opened();
    held.failure = { kind: "offline" };
    store.edit(delay("a", "5d"));
    await vi.advanceTimersByTimeAsync(1_000);
    held.failure = undefined;
    const again = open();
    await again.refresh();
    expect(again.current()?.news).toEqual({ kind: "restored", by: "Mira", steps: [] });
    await again.flush();
    expect([held.document.steps[0]?.delay, again.current()?.saving.state]).toEqual(["5d", "saved"]);
    again.undo();
    expect(again.current()?.history.present.steps[0]?.delay).toBe("0m");
  });

  it("is merged with what was saved since", async () => {
    const { held, store, open, saved } = await opened();
    store.edit(delay("a", "5d"));
    saved(behind("c", "x"));
    const again = open();
    await again.refresh();
    expect(await again.flush()).toBe(true);
    expect([held.document.steps[0]?.delay, order(held.document)]).toEqual(["5d", "abcx"]);
    // The first page is told so too, and has nothing to add.
    expect(await store.flush()).toBe(true);
    expect(order(store.current()?.history.present)).toBe("abcx");
  });

  it("asks where both changed one thing since", async () => {
    const { store, open, saved } = await opened();
    store.edit(delay("a", "5d"));
    saved(delay("a", "9d"));
    const again = open();
    await again.refresh();
    expect(again.current()?.saving.state).toBe("conflict");
    again.resolve(new Map([["a/delay", "mine"]]));
    expect(await again.flush()).toBe(true);
  });
});

describe("when the server took a save and its answer got lost", () => {
  /** The server has 5d; nobody here knows. */
  async function lost() {
    const made = await opened();
    made.held.losesAnswers = true;
    made.store.edit(delay("a", "5d"));
    await vi.advanceTimersByTimeAsync(1_000);
    made.held.losesAnswers = false;
    expect([made.state(), made.held.document.steps[0]?.delay]).toEqual(["offline", "5d"]);
    return made;
  }

  it("knows what it sent again, and disagrees with nobody", async () => {
    const { held, store, state } = await lost();
    store.edit(delay("a", "6d"));
    expect(await store.flush()).toBe(true);
    expect([state(), held.document.steps[0]?.delay]).toEqual(["saved", "6d"]);
    expect(store.current()?.news).toBeUndefined();
  });

  it("hears of it as of its own", async () => {
    const { held, store } = await lost();
    store.edit(delay("a", "6d"));
    await store.heard(2);
    expect(await store.flush()).toBe(true);
    expect([store.current()?.news, held.document.steps[0]?.delay]).toEqual([undefined, "6d"]);
  });

  it("keeps what was undone meanwhile undone", async () => {
    const { held, store, step } = await lost();
    store.undo();
    await store.heard(2);
    await vi.advanceTimersByTimeAsync(9_000);
    expect([step("a")?.delay, held.document.steps[0]?.delay]).toEqual(["0m", "0m"]);
    store.redo();
    expect(step("a")?.delay).toBe("5d");
  });

  it("asks nothing after a reload either", async () => {
    const { held, store, open } = await lost();
    store.edit(delay("a", "6d"));
    const again = open();
    await again.refresh();
    expect(again.current()?.news?.kind).toBe("restored");
    expect(await again.flush()).toBe(true);
    expect(held.document.steps[0]?.delay).toBe("6d");
    again.undo();
    expect(again.current()?.history.present.steps[0]?.delay).not.toBe("6d");
  });

  it("still brings together what somebody else saved on top of it", async () => {
    const { held, store, saved } = await lost();
    saved(behind("c", "x"));
    store.edit(delay("b", "7d"));
    expect(await store.flush()).toBe(true);
    expect([order(held.document), held.document.steps[1]?.delay]).toEqual(["abcx", "7d"]);
  });
});
