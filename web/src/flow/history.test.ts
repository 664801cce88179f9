import { describe, expect, it } from "vitest";
import { began, edited, redone, undone } from "./history";

describe("undo and redo", () => {
  it("walks back and forth over edits", () => {
    let history = edited(edited(began("a"), "b", "", 0), "c", "", 0);
    history = undone(history);
    expect(history.present).toBe("b");
    history = undone(undone(history));
    expect(history.present).toBe("a");
    expect(redone(redone(redone(history))).present).toBe("c");
  });

  it("remembers every edit of a long session", () => {
    let history = began(0);
    for (let edit = 1; edit <= 5_000; edit++) history = edited(history, edit, "", edit);
    for (let edit = 5_000; edit > 0; edit--) history = undone(history);
    expect(history.present).toBe(0);
  });

  it("forgets what was undone once something else is done", () => {
    const history = edited(undone(edited(began("a"), "b", "", 0)), "c", "", 0);
    expect(redone(history).present).toBe("c");
    expect(undone(history).present).toBe("a");
  });

  it("takes typing in one place as one edit", () => {
    let history = edited(began("a"), "ab", "subject", 0);
    history = edited(history, "abc", "subject", 900);
    expect(undone(history).present).toBe("a");
    history = edited(history, "abcd", "subject", 2_000);
    expect(undone(history).present).toBe("abc");
  });

  it("keeps edits of different things apart", () => {
    const history = edited(edited(began("a"), "b", "one", 0), "c", "two", 1);
    expect(undone(history).present).toBe("b");
  });

  it("notices that nothing changed", () => {
    const history = began("a");
    expect(edited(history, "a", "", 0)).toBe(history);
    expect(undone(history)).toBe(history);
  });
});
