// Merge tags that are typed, letter by letter: each becomes one thing as soon as it is closed.
import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutChips } from "./html";
import { MergeTag } from "./MergeTag";
import { FORMATTED } from "./useChipEditor";

let editor: Editor;

beforeEach(() => {
  const Chip = MergeTag.extend({ addNodeView: null });
  editor = new Editor({ extensions: [StarterKit.configure(FORMATTED), Chip], content: "<p></p>" });
});

afterEach(() => {
  editor.destroy();
});

function type(words: string): void {
  for (const letter of words) {
    const { from, to } = editor.state.selection;
    const insert = () => editor.state.tr.insertText(letter, from, to);
    const isTaken = editor.view.someProp("handleTextInput", (hear) =>
      hear(editor.view, from, to, letter, insert),
    );
    if (isTaken !== true) editor.view.dispatch(insert());
  }
}

function chips(): readonly (readonly [string, string | null])[] {
  const found: [string, string | null][] = [];
  editor.state.doc.descendants(({ type: { name }, attrs }) => {
    if (name === MergeTag.name) found.push([attrs.name as string, attrs.fallback as string | null]);
  });
  return found;
}

describe("a merge tag that is typed", () => {
  it("becomes a chip once it is closed, and is no link", () => {
    type("at {{ contact.company }} and ");
    expect(chips()).toEqual([["contact.company", null]]);
    expect(withoutChips(editor.getHTML())).toBe("<p>at {{ contact.company }} and </p>");
  });

  it("keeps its fallback", () => {
    type('Hi {{ contact.first_name | default: "there" }},');
    expect(chips()).toEqual([["contact.first_name", "there"]]);
  });

  it.each(["{{ contact.company | upcase }} ", "{{ }} ", "{ contact.company } "])(
    "stays as it is typed where no chip can show it: %s",
    (words) => {
      type(words);
      expect(chips()).toEqual([]);
      expect(editor.getText()).toBe(words);
      expect(editor.getHTML()).not.toContain("<a ");
    },
  );
});

describe("an address that is typed", () => {
  it.each(["https://example.com/a ", "www.example.com "])("becomes a link: %s", (words) => {
    type(words);
    expect(editor.getHTML()).toContain("<a ");
  });
});
