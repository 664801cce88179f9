import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { goToLetter } from "./letters";

const KINDS = ["Email", "Task", "Tag", "Übersicht"];

function open() {
  render(
    <div role="menu" tabIndex={-1} onKeyDown={goToLetter}>
      {KINDS.map((kind) => (
        <button key={kind} role="menuitem">
          {kind}
        </button>
      ))}
    </div>,
  );
  screen.getByRole("menu").focus();
  return (init: { key: string; ctrlKey?: boolean }) => {
    fireEvent.keyDown(document.activeElement ?? document.body, init);
    return document.activeElement?.textContent ?? "";
  };
}

describe("a letter in a menu", () => {
  it("goes to the next item that begins with it, and around", () => {
    const press = open();
    expect(["t", "t", "T", "e"].map((key) => press({ key }))).toEqual(["Task", "Tag", "Task", "Email"]);
  });

  it("finds accents by their letter", () => {
    expect(open()({ key: "u" })).toBe("Übersicht");
  });

  it("goes nowhere for letters that nothing begins with, and for shortcuts", () => {
    const press = open();
    press({ key: "e" });
    expect([press({ key: "q" }), press({ key: "t", ctrlKey: true }), press({ key: " " })]).toEqual([
      "Email",
      "Email",
      "Email",
    ]);
  });
});
