// Moved nodes are saved soon, of steps that the server knows; refused ones go back, unanswered ones are tried again.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Changes } from "@/flow/movings";
import type { Positions } from "@/flow/positions";
import { PositionsStore } from "./positionsStore";

const HERE = { x: 16, y: 32 };
const THERE = { x: 0, y: -160 };
const LONG = 10_000;

class Refused extends Error {}

/** A server that keeps what it is told, until it is told not to. */
function aServer(first: Positions = new Map()) {
  const held = { positions: first, saves: [] as Changes[], fails: undefined as Error | undefined };
  return {
    held,
    load: () => Promise.resolve(held.positions),
    save: (changes: Changes) => {
      if (held.fails !== undefined) return Promise.reject(held.fails);
      held.saves.push(changes);
      const now = new Map(held.positions);
      for (const [step, to] of changes) {
        if (to === undefined) now.delete(step);
        else now.set(step, to);
      }
      held.positions = now;
      return Promise.resolve(now);
    },
    refusalOf: (error: unknown) => (error instanceof Refused ? error.message : undefined),
  };
}

async function anOpen(first?: Positions, steps: readonly string[] = ["a", "b"]) {
  const server = aServer(first);
  const store = new PositionsStore(server);
  await store.refresh();
  store.know(steps);
  const shown = () => Object.fromEntries(store.current().positions);
  return { ...server, store, shown };
}

describe("where nodes were put", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is what the server says, and saved soon after a move", async () => {
    const { store, held, shown } = await anOpen(new Map([["b", THERE]]));
    expect(shown()).toEqual({ b: THERE });
    store.move(new Map([["a", HERE]]), 0);
    expect([shown(), held.saves]).toEqual([{ a: HERE, b: THERE }, []]);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(held.saves).toEqual([new Map([["a", HERE]])]);
    store.undo(0);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(Object.fromEntries(held.positions)).toEqual({ b: THERE });
  });

  it("of a step that is not saved yet waits for it", async () => {
    const { store, held } = await anOpen();
    store.move(new Map([["new", HERE]]), 0);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(held.saves).toEqual([]);
    store.know(["a", "b", "new"]);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(held.saves).toEqual([new Map([["new", HERE]])]);
  });

  it("is tried again while nobody answers", async () => {
    const { store, held, shown } = await anOpen();
    held.fails = new Error("no network");
    store.move(new Map([["a", HERE]]), 0);
    await vi.advanceTimersByTimeAsync(LONG);
    expect([shown(), store.current().refusal]).toEqual([{ a: HERE }, undefined]);
    held.fails = undefined;
    await vi.advanceTimersByTimeAsync(LONG);
    expect(Object.fromEntries(held.positions)).toEqual({ a: HERE });
  });

  it("goes back when the server refuses it, and says why", async () => {
    const { store, held, shown } = await anOpen(new Map([["a", THERE]]));
    held.fails = new Refused("It is locked.");
    store.move(new Map([["a", HERE]]), 0);
    await vi.advanceTimersByTimeAsync(LONG);
    expect([shown(), store.current().refusal]).toEqual([{ a: THERE }, "It is locked."]);
    expect(store.undo(0)).toBe(false);
  });

  it("takes what others moved, and keeps one's own", async () => {
    const { store, held, shown } = await anOpen();
    store.move(new Map([["a", HERE]]), 0);
    held.positions = new Map([
      ["a", THERE],
      ["b", THERE],
    ]);
    await store.refresh();
    expect(shown()).toEqual({ a: HERE, b: THERE });
    held.positions = new Map();
    await vi.advanceTimersByTimeAsync(LONG);
    await store.refresh();
    expect(shown()).toEqual({ a: HERE });
  });

  it("is not taken back by what was asked for before it was saved", async () => {
    const server = aServer();
    const loads = Promise.withResolvers<Positions>();
    const store = new PositionsStore({ ...server, load: () => loads.promise });
    store.know(["a"]);
    const asked = store.refresh();
    store.move(new Map([["a", HERE]]), 0);
    await store.flush();
    loads.resolve(new Map());
    await asked;
    expect(Object.fromEntries(store.current().positions)).toEqual({ a: HERE });
  });

  it("is known to be unknown until the server was asked, answer or not", async () => {
    const store = new PositionsStore({ ...aServer(), load: () => Promise.reject(new Error("no network")) });
    expect(store.current().asked).toBe(false);
    await expect(store.refresh()).rejects.toThrow("no network");
    expect(store.current().asked).toBe(true);
  });

  it("goes back where it is refused, and stays where it was moved meanwhile", async () => {
    const { store, held, shown } = await anOpen();
    held.fails = new Refused("Too far.");
    store.move(new Map([["a", HERE]]), 0);
    const saving = store.flush();
    store.move(new Map([["b", THERE]]), 0);
    held.fails = undefined;
    await saving;
    expect([shown(), store.current().refusal]).toEqual([{ b: THERE }, "Too far."]);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(Object.fromEntries(held.positions)).toEqual({ b: THERE });
  });

  it("says each time that it is refused", async () => {
    const { store, held } = await anOpen();
    held.fails = new Refused("Too far.");
    const told: (string | undefined)[] = [];
    store.subscribe(() => {
      const { refusal } = store.current();
      if (refusal !== told.at(-1)) told.push(refusal);
    });
    for (const at of [HERE, THERE]) {
      store.move(new Map([["a", at]]), 0);
      await vi.advanceTimersByTimeAsync(LONG);
    }
    expect(told).toEqual(["Too far.", undefined, "Too far."]);
  });
});
