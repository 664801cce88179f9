// What is copied comes along, whoever the clipboard belongs to; each act says what came of it.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lineOf } from "@/flow/testing/steps";
import type { FlowDocument } from "@/flow/document";
import { slotToAdd } from "@/flow/slots";
import { toasts } from "@/ui/toasts";
import { clipActs } from "./clips";

const t = ((key: string, values: { readonly count?: number } = {}) =>
  `${key} ${values.count ?? ""}`.trim()) as never;

function page(sequence: number, document: FlowDocument) {
  let held = document;
  const present = () => held;
  const edit = (next: (document: FlowDocument) => FlowDocument) => {
    held = next(held);
  };
  const acts = clipActs({ now: () => ({ sequence, t }), present, edit });
  return { ...acts, present, keys: () => held.steps.map(({ key }) => key) };
}

const said = () => toasts.entries().map(({ text }) => text);

function clipboard(own: Partial<Clipboard> | undefined): void {
  vi.stubGlobal("navigator", { clipboard: own });
}

let written = "";

beforeEach(() => {
  written = "";
  clipboard({
    writeText: (text) => {
      written = text;
      return Promise.resolve();
    },
    readText: () => Promise.resolve(written),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("steps on the clipboard", () => {
  it("are pasted behind a step of another sequence, under keys of their own", async () => {
    page(1, lineOf("a", "b")).copy(["b"]);
    expect(said()).toEqual(["clip.copied 1"]);
    const other = page(2, lineOf("a", "b"));
    const made = await other.paste(slotToAdd(other.present(), "a"));
    expect(made).toHaveLength(1);
    expect(other.present().steps.find(({ key }) => key === "a")?.next).toBe(made[0]);
    expect(new Set(other.keys()).size).toBe(3);
    expect(said()).toEqual(["clip.pasted 1"]);
  });

  it.each<[string, Partial<Clipboard> | undefined]>([
    ["pages without TLS have none", undefined],
    [
      "it is refused",
      { writeText: () => Promise.reject(new Error("no")), readText: () => Promise.reject(new Error("no")) },
    ],
    [
      "other words lie on it",
      { writeText: () => Promise.resolve(), readText: () => Promise.resolve("milk") },
    ],
  ])("stay with the page where %s", async (_why, own) => {
    clipboard(own);
    const one = page(1, lineOf("a"));
    one.copy(["a"]);
    expect(await one.paste(slotToAdd(one.present(), undefined))).toHaveLength(1);
    expect(one.keys()).toHaveLength(2);
  });

  it("say what they name that did not come along", async () => {
    const [first, second] = lineOf("a", "b").steps;
    const asks = {
      ...(second ?? expect.fail()),
      only_if: { rules: [{ field: "event.opened", operator: "happened", step: "a" }] },
    };
    const from = page(1, { format: 1, start: "a", steps: [first ?? expect.fail(), asks as never] });
    from.copy(["b"]);
    const other = page(2, lineOf("a"));
    await other.paste(slotToAdd(other.present(), "a"));
    expect(said()).toEqual(["clip.pasted 1 clip.lost 1"]);
  });

  it("change nothing where there is no place for them, and say so", async () => {
    const one = page(1, lineOf("a"));
    one.copy(["a"]);
    const before = one.present();
    expect(await one.paste(undefined)).toEqual([]);
    expect(one.present()).toBe(before);
    expect(said()).toContain("clip.nowhere");
  });
});
