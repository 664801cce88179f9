import { fireEvent, render } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useKeys, useListening } from "./keys";

function Page({ onMove, onSend }: { readonly onMove: () => void; readonly onSend: () => void }) {
  useListening();
  useKeys("Page", [
    { keys: "j", label: "Next", act: onMove, repeats: true },
    { keys: "mod+Enter", label: "Send", act: onSend, whileTyping: true },
  ]);
  return <textarea />;
}

it("moves on while a key is held, and does all else once for each press", () => {
  const onMove = vi.fn();
  const onSend = vi.fn();
  const { container } = render(<Page onMove={onMove} onSend={onSend} />);
  const field = container.querySelector("textarea") ?? document.body;
  const hold = (target: Element, key: string, ctrlKey = false) => {
    const held = { key, ctrlKey };
    const taken = [false, true, true].map((repeat) => !fireEvent.keyDown(target, { ...held, repeat }));
    // What a held key would type or press is kept from the page as well.
    expect(taken).toEqual([true, true, true]);
  };
  hold(document.body, "j");
  hold(field, "Enter", true);
  expect(onMove).toHaveBeenCalledTimes(3);
  expect(onSend).toHaveBeenCalledTimes(1);
  hold(field, "Enter", true);
  expect(onSend).toHaveBeenCalledTimes(2);
});

function Menued({ onAct, marked }: { readonly onAct: () => void; readonly marked: boolean }) {
  useListening();
  useKeys("Page", [
    { keys: "d", label: "Duplicate", act: onAct },
    { keys: "mod+c", label: "Copy", act: onAct, unless: () => marked },
  ]);
  return (
    <div role="menu">
      <button role="menuitem">Rename</button>
    </div>
  );
}

it("leaves the keys of an open menu to the menu", () => {
  const onAct = vi.fn();
  const { getByRole } = render(<Menued onAct={onAct} marked={false} />);
  fireEvent.keyDown(getByRole("menuitem"), { key: "d" });
  expect(onAct).not.toHaveBeenCalled();
  fireEvent.keyDown(document.body, { key: "d" });
  expect(onAct).toHaveBeenCalledTimes(1);
});

it.each([
  [true, 0],
  [false, 1],
])("leaves a key to the browser where its act says so: %s", (marked, times) => {
  const onAct = vi.fn();
  render(<Menued onAct={onAct} marked={marked} />);
  const isLeft = fireEvent.keyDown(document.body, { key: "c", ctrlKey: true });
  expect([isLeft, onAct.mock.calls.length]).toEqual([marked, times]);
});

it.each([
  ["Delete in a checkbox", "checkbox", "Delete", 0],
  ["an arrow in a radio", "radio", "ArrowDown", 0],
  ["an arrow in a checkbox", "checkbox", "ArrowDown", 1],
  ["a letter in a checkbox", "checkbox", "j", 1],
])("leaves to a control the keys that mean something there: %s", (_, type, key, times) => {
  const onAct = vi.fn();
  const { getByTestId } = render(<Ticked type={type} keys={key} onAct={onAct} />);
  fireEvent.keyDown(getByTestId("control"), { key });
  expect(onAct).toHaveBeenCalledTimes(times);
});

function Ticked({ type, keys, onAct }: { type: string; keys: string; onAct: () => void }) {
  useListening();
  useKeys("Page", [{ keys, label: "Acts", act: onAct }]);
  return <input type={type} data-testid="control" />;
}
