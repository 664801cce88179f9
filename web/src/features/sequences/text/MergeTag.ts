import { InputRule, mergeAttributes, Node, nodePasteRule, ReactNodeViewRenderer } from "@tiptap/react";
import { piecesOf } from "@/flow/merge";
import { CHIP } from "./content";
import { ChipView } from "./ChipView";
import { CHIP_ATTRIBUTE } from "./html";

// Tags that are typed, or pasted as text: a chip as soon as they are closed.
const TYPED = /\{\{[^{}\n]{1,200}\}\}$/;
const PASTED = /\{\{[^{}\n]{1,200}\}\}/g;

/** Return what a tag says; undefined for what is none, such as one with filters that no chip shows. */
function chipOf(text: string): { readonly name: string; readonly fallback: string | null } | undefined {
  const [piece, ...more] = piecesOf(text);
  if (piece === undefined || typeof piece === "string" || more.length > 0) return undefined;
  return { name: piece.name, fallback: piece.fallback ?? null };
}

/** A merge tag in the editor: one thing that is walked over, removed and copied as a whole. */
export const MergeTag = Node.create({
  name: CHIP,
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,

  addAttributes() {
    return {
      name: {
        default: "",
        parseHTML: (element: HTMLElement) => element.getAttribute(CHIP_ATTRIBUTE),
        renderHTML: ({ name }: { name: string }) => ({ [CHIP_ATTRIBUTE]: name }),
      },
      fallback: {
        default: null,
        parseHTML: (element: HTMLElement) => element.getAttribute("data-fallback"),
        renderHTML: ({ fallback }: { fallback: string | null }) =>
          fallback === null ? {} : { "data-fallback": fallback },
      },
    };
  },

  parseHTML() {
    return [{ tag: `span[${CHIP_ATTRIBUTE}]` }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", mergeAttributes(HTMLAttributes)];
  },

  addInputRules() {
    return [
      new InputRule({
        find: TYPED,
        handler: ({ state, range: { from, to }, match: [text] }) => {
          const chip = chipOf(text);
          if (chip !== undefined) state.tr.replaceWith(from, to, this.type.create(chip));
        },
      }),
    ];
  },

  addPasteRules() {
    return [
      nodePasteRule({ find: PASTED, type: this.type, getAttributes: ([text]) => chipOf(text) ?? false }),
    ];
  },

  addNodeView() {
    return ReactNodeViewRenderer(ChipView, { as: "span" });
  },
});
