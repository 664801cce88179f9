import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openInspector } from "./openInspector";

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = `<button>step</button>`;
  document.querySelector("button")?.focus();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.innerHTML = "";
});

function shows(key: string): void {
  document.querySelector("aside")?.remove();
  document.body.insertAdjacentHTML(
    "beforeend",
    `<aside data-inspector="${key}"><input name="${key}"></aside>`,
  );
}

const focused = () => document.activeElement?.getAttribute("name") ?? document.activeElement?.localName;

test("fields that are shown have the focus at once", () => {
  shows("a");
  openInspector("a");
  expect(focused()).toBe("a");
});

test("fields that are not shown yet are waited for, not those of the step before", () => {
  shows("a");
  openInspector("b");
  expect(focused()).toBe("button");
  shows("b");
  vi.runAllTimers();
  expect(focused()).toBe("b");
});

test.each(["keydown", "pointerdown"])("a %s meanwhile leaves the focus where it is", (turn) => {
  openInspector("a");
  document.body.dispatchEvent(new Event(turn, { bubbles: true }));
  shows("a");
  vi.runAllTimers();
  expect(focused()).toBe("button");
});

test("fields that never come are not waited for for ever", () => {
  openInspector("a");
  vi.runAllTimers();
  expect(vi.getTimerCount()).toBe(0);
  expect(focused()).toBe("button");
});
