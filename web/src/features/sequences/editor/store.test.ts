import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FlowDocument } from "@/flow/document";
import { change, insert } from "@/flow/edits";
import { START } from "@/flow/ways";
import { DraftStore, type Failure, type Loaded } from "./store";

const mail = (key: string) => ({ key, kind: "email", delay: "0m", next: null }) as const;
const EMPTY: FlowDocument = { format: 1, start: null, steps: [] };
const add = (key: string) => (document: FlowDocument) => insert(document, START, mail(key));

/** A server that holds one document and counts its revisions. */
function server() {
  const held = { document: EMPTY, revision: 1, failure: undefined as Failure | undefined, saves: 0 };
  const meta = () => ({ revision: held.revision, savedAt: "", changed: true, problems: [] });
  const load = (): Promise<Loaded> =>
    Promise.resolve({ ...meta(), document: held.document, savedBy: "Mira" });
  const save = (document: FlowDocument, revision: number) => {
    held.saves += 1;
    const failure = held.failure ?? (revision === held.revision ? undefined : { kind: "conflict" as const });
    // A value that `failureOf` gives back, as an error would be.
    if (failure !== undefined) return Promise.reject(Object.assign(new Error(failure.kind), { failure }));
    Object.assign(held, { document, revision: revision + 1 });
    return Promise.resolve(meta());
  };
  const failureOf = (error: unknown) => (error as { failure: Failure }).failure;
  return { held, store: new DraftStore({ load, save, failureOf }) };
}

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

describe("when somebody else saved meanwhile", () => {
  async function conflict() {
    const made = server();
    await made.store.refresh();
    made.store.edit(add("mine"));
    Object.assign(made.held, { revision: 5, document: add("theirs")(EMPTY) });
    await vi.advanceTimersByTimeAsync(1_000);
    return made;
  }

  it("overwrites nothing and shows theirs beside ours", async () => {
    const { held, store } = await conflict();
    expect(store.current()?.saving.state).toBe("conflict");
    expect(store.current()?.theirs).toMatchObject({ revision: 5, savedBy: "Mira" });
    expect(store.current()?.history.present.start).toBe("mine");
    store.edit(add("more"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect([held.document.start, held.saves]).toEqual(["theirs", 1]);
    expect(await store.flush()).toBe(false);
  });

  it("goes on from theirs", async () => {
    const { held, store } = await conflict();
    store.takeTheirs();
    store.edit(add("next"));
    await store.flush();
    expect(held.document.steps.map((step) => step.key)).toEqual(["next", "theirs"]);
  });

  it("takes their version by itself where nothing here is unsaved", async () => {
    const { held, store } = server();
    await store.refresh();
    Object.assign(held, { revision: 2, document: add("theirs")(EMPTY) });
    await store.refresh();
    expect(store.current()?.history.present.start).toBe("theirs");
  });
});
