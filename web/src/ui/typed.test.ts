import { afterEach, describe, expect, it, vi } from "vitest";
import { onTyped, typedIn } from "./typed";

const isText = (value: unknown): value is string => typeof value === "string";
const notes = (member = 1) => typedIn("notes", member, isText);

/** Leave the page; true where the browser would ask first. */
function leave(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

afterEach(() => {
  vi.restoreAllMocks();
  notes().drop(7);
});

describe("what is typed", () => {
  it("is there for whoever looks next: after another room, or a reload", () => {
    notes().put(7, "Wants a demo");
    expect(notes().of(7)).toBe("Wants a demo");
    expect(window.sessionStorage).toHaveLength(1);
    expect(leave()).toBe(false);
  });

  it("is one member's, of one place, about one thing", () => {
    notes().put(7, "Wants a demo");
    expect(notes(2).of(7)).toBeUndefined();
    expect(notes().of(8)).toBeUndefined();
    expect(typedIn("letters", 1, isText).of(7)).toBeUndefined();
  });

  it("leaves nothing behind when it is dropped", () => {
    notes().put(7, "Wants a demo");
    notes().drop(7);
    expect(notes().of(7)).toBeUndefined();
    expect(window.sessionStorage).toHaveLength(0);
  });

  it.each(['{"half', "17", '{"text":"of another shape"}'])("counts as nothing where %s stands", (text) => {
    notes().put(7, "Wants a demo");
    window.sessionStorage.setItem(window.sessionStorage.key(0) ?? "", text);
    expect(notes().of(7)).toBeUndefined();
  });

  it("tells those who listen, until they stop", () => {
    const heard = vi.fn();
    const stop = onTyped(heard);
    notes().put(7, "W");
    stop();
    notes().put(7, "Wa");
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("holds while the page is open where the browser keeps nothing, and leaving is asked about", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    notes().put(7, "Wants a demo");
    expect(notes().of(7)).toBe("Wants a demo");
    expect(leave()).toBe(true);
    notes().drop(7);
    expect(leave()).toBe(false);
  });
});
