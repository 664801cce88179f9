import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { change } from "@/flow/edits";
import { add, server } from "./testing";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the working copy", () => {
  it("saves by itself once typing rests", async () => {
    const { held, store } = server();
    await store.refresh();
    store.edit(add("a"));
    store.edit((document) => change(document, "a", { name: "A" }), "name");
    expect(store.current()?.saving.state).toBe("waiting");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.current()?.saving.state).toBe("saved");
    expect([held.saves, held.revision, held.document.start]).toEqual([1, 2, "a"]);
  });

  it("does not save what was undone in time", async () => {
    const { held, store } = server();
    await store.refresh();
    store.edit(add("a"));
    store.undo();
    await vi.advanceTimersByTimeAsync(2_000);
    expect([held.saves, store.current()?.saving.state]).toEqual([0, "saved"]);
  });

  it("saves undo and redo as any edit", async () => {
    const { held, store } = server();
    await store.refresh();
    store.edit(add("a"));
    await store.flush();
    store.undo();
    await store.flush();
    expect(held.document.start).toBeNull();
    store.redo();
    expect(await store.flush()).toBe(true);
    expect(held.document.start).toBe("a");
  });

  it("saves once more when something was edited meanwhile", async () => {
    const { held, store } = server();
    await store.refresh();
    store.edit(add("a"));
    vi.advanceTimersByTime(800);
    store.edit(add("b"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect([held.saves, held.document.steps.length]).toEqual([2, 2]);
  });

  it("keeps trying while nobody answers, and loses nothing", async () => {
    const { held, store } = server();
    await store.refresh();
    held.failure = { kind: "offline" };
    store.edit(add("a"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.current()?.saving.state).toBe("offline");
    expect(await store.flush()).toBe(false);
    held.failure = undefined;
    await vi.advanceTimersByTimeAsync(5_000);
    expect([store.current()?.saving.state, held.document.start]).toEqual(["saved", "a"]);
  });

  it("says why the server does not take it, and tries again after the next edit", async () => {
    const { held, store } = server();
    await store.refresh();
    held.failure = { kind: "refused", why: "Has no kind." };
    store.edit(add("a"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.current()?.saving).toEqual({ state: "refused", why: "Has no kind." });
    held.failure = undefined;
    store.edit(add("b"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(store.current()?.saving.state).toBe("saved");
  });
});
