import { mergeAttributes, Node, ReactNodeViewRenderer } from "@tiptap/react";
import { CHIP } from "./content";
import { ChipView } from "./ChipView";
import { CHIP_ATTRIBUTE } from "./html";

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

  addNodeView() {
    return ReactNodeViewRenderer(ChipView, { as: "span" });
  },
});
