import { mergeAttributes, Node } from "@tiptap/react";

/** An attached image within formatted text; its file is not loaded here, its words stand in its place. */
export const Picture = Node.create({
  name: "picture",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,

  addAttributes() {
    return { src: { default: "" }, alt: { default: "" }, width: { default: null } };
  },

  parseHTML() {
    return [{ tag: "img[src]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["img", mergeAttributes(HTMLAttributes)];
  },
});
