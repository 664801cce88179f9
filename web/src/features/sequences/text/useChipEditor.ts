import { useEditor, type Editor, type EditorEvents, type EditorOptions } from "@tiptap/react";
import StarterKit from "@tiptap/starter-kit";
import { useEffect, useMemo, useRef, useState } from "react";
import { contentOf, textOf, type Inline } from "./content";
import { withChips, withoutChips } from "./html";
import { MergeTag } from "./MergeTag";
import { cleaned } from "./pasted";
import { Picture } from "./Picture";

interface ChipEditorOptions {
  readonly value: string;
  readonly mode: "line" | "lines" | "formatted";
  readonly label: string;
  readonly className: string;
  readonly readOnly: boolean;
  readonly onChange: (value: string) => void;
}

const PLAIN = {
  blockquote: false,
  bold: false,
  bulletList: false,
  code: false,
  codeBlock: false,
  heading: false,
  horizontalRule: false,
  italic: false,
  link: false,
  listItem: false,
  listKeymap: false,
  orderedList: false,
  strike: false,
  underline: false,
} as const;

export const FORMATTED = {
  heading: { levels: [1, 2, 3] as [1, 2, 3] },
  codeBlock: false,
  // A name with a dot in it, as merge tags have, is no address.
  link: {
    openOnClick: false,
    shouldAutoLink: (written: string) => /^(https?:\/\/|www\.|mailto:)/i.test(written),
  },
} as const;

/** An editor whose value is a text with merge tags, or HTML with them; it follows a value that changes outside. */
export function useChipEditor({
  value,
  mode,
  label,
  className,
  readOnly,
  onChange,
}: ChipEditorOptions): Editor | null {
  const isFormatted = mode === "formatted";
  const known = useRef(value);
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  const options = useOptions({ mode, label, className });
  const [content] = useState(() => (isFormatted ? withChips(value) : contentOf(value)));
  const editor = useEditor({
    ...options,
    content,
    editable: !readOnly,
    onUpdate: ({ editor: changed }: EditorEvents["update"]) => {
      known.current = written(changed, mode);
      tell.current(known.current);
    },
  });
  useEffect(() => {
    if (value === known.current) return;
    known.current = value;
    editor.commands.setContent(isFormatted ? withChips(value) : contentOf(value), { emitUpdate: false });
  }, [editor, isFormatted, value]);
  useEffect(() => {
    editor.setEditable(!readOnly, false);
  }, [editor, readOnly]);
  return editor;
}

/** What stays the same at each render: the editor is set up anew where it is not. */
function useOptions({ mode, label, className }: Pick<ChipEditorOptions, "mode" | "label" | "className">) {
  return useMemo((): Partial<EditorOptions> => {
    const isFormatted = mode === "formatted";
    return {
      extensions: [
        StarterKit.configure(isFormatted ? FORMATTED : PLAIN),
        MergeTag,
        ...(isFormatted ? [Picture] : []),
      ],
      editorProps: {
        attributes: {
          class: className,
          role: "textbox",
          "aria-label": label,
          "aria-multiline": String(mode !== "line"),
          ...(mode === "lines" && { "data-lines": "" }),
          ...(isFormatted && { "data-formatted": "" }),
        },
        ...(isFormatted && { transformPastedHTML: (html: string) => withChips(cleaned(html)) }),
        // A line has no second one.
        handleKeyDown: (_view, event) => mode === "line" && event.key === "Enter",
      },
    };
  }, [mode, label, className]);
}

function written(editor: Editor, mode: ChipEditorOptions["mode"]): string {
  if (mode === "formatted") return editor.isEmpty ? "" : withoutChips(editor.getHTML());
  const text = textOf(editor.getJSON() as Inline);
  return mode === "line" ? text.replaceAll("\n", " ") : text;
}
