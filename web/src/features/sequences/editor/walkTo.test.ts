// From a problem to the place where it is mended: by keys, the focus goes on from there.
import { afterEach, expect, it, vi } from "vitest";
import { walkTo } from "./walkTo";

const INSPECTOR = `
  <aside data-inspector="own">
    <div data-place="only_if"><button id="shut">Only if</button></div>
    <ol><li><div data-place="arms[0].name"><input id="first" /><button>Up</button></div></li></ol>
    <div data-place="arms"><button id="add">Add an arm</button></div>
    <div data-place="text"><button>Bold</button><textarea id="text"></textarea></div>
  </aside>`;

afterEach(() => {
  document.body.innerHTML = "";
});

it.each([
  ["text", "text"],
  ["arms[0].name", "first"],
  ["arms", "add"],
  ["arms[1].weight", "add"],
  ["only_if.rules[0].value", "shut"],
])("walks to %s", (path, focused) => {
  Element.prototype.scrollIntoView = vi.fn();
  document.body.innerHTML = INSPECTOR;
  walkTo("own", path);
  expect(document.activeElement?.id).toBe(focused);
});
