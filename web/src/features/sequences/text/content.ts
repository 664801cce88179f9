// A text with merge tags as the editor holds it, and back: each line is a paragraph, so that nothing is lost.
import { piecesOf, writeChip } from "@/flow/merge";

export interface Inline {
  readonly type?: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly content?: readonly Inline[];
}

export const CHIP = "mergeTag";

/** Make what the editor shows of a plain text. */
export function contentOf(text: string) {
  return {
    type: "doc",
    content: text.split("\n").map((line) => ({ type: "paragraph", content: inlineOf(line) })),
  };
}

function inlineOf(line: string) {
  return piecesOf(line).map((piece) =>
    typeof piece === "string"
      ? { type: "text", text: piece }
      : { type: CHIP, attrs: { name: piece.name, fallback: piece.fallback ?? null } },
  );
}

/** Return the plain text of what the editor holds. */
export function textOf(doc: Inline): string {
  return (doc.content ?? []).map((block) => inlineText(block)).join("\n");
}

function inlineText(node: Inline): string {
  if (node.type === "text") return node.text ?? "";
  if (node.type === "hardBreak") return "\n";
  if (node.type === CHIP) return writeChip(chipOf(node.attrs ?? {}));
  return (node.content ?? []).map(inlineText).join(node.type === "paragraph" ? "" : "\n");
}

export function chipOf(attrs: Readonly<Record<string, unknown>>) {
  const { name, fallback } = attrs;
  return {
    name: typeof name === "string" ? name : "",
    fallback: typeof fallback === "string" ? fallback : undefined,
  };
}
