// HTML with merge tags: tags in its text become elements that the editor shows as chips, and text again.
import { piecesOf, writeChip } from "@/flow/merge";

export const CHIP_ATTRIBUTE = "data-merge-tag";
const FALLBACK = "data-fallback";

const SIMPLE = new Set("P BR STRONG B EM I U S A IMG UL OL LI H1 H2 H3 BLOCKQUOTE HR CODE".split(" "));
const ATTRIBUTES: Readonly<Record<string, ReadonlySet<string>>> = {
  A: new Set(["href", "target", "rel"]),
  IMG: new Set(["src", "alt", "width"]),
};

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(`<body>${html}</body>`, "text/html").body;
}

/** Tell whether the editor can show all that is in an HTML text; it would drop what it does not know. */
export function isSimple(html: string): boolean {
  if (/\{%|<!--|<(style|script|head|body|html)\b/i.test(html)) return false;
  return [...parsed(html).querySelectorAll("*")].every(
    (element) =>
      SIMPLE.has(element.tagName) &&
      [...element.attributes].every(({ name }) => ATTRIBUTES[element.tagName]?.has(name) ?? false),
  );
}

/** Make elements of the merge tags in the text; those in addresses of links stay. */
export function withChips(html: string): string {
  const body = parsed(html);
  for (const node of textsIn(body)) {
    const pieces = piecesOf(node.data);
    if (pieces.every((piece) => typeof piece === "string")) continue;
    node.replaceWith(
      ...pieces.map((piece) => (typeof piece === "string" ? piece : chipElement(body, piece))),
    );
  }
  return body.innerHTML;
}

function chipElement(body: HTMLElement, { name, fallback }: { name: string; fallback: string | undefined }) {
  const chip = body.ownerDocument.createElement("span");
  chip.setAttribute(CHIP_ATTRIBUTE, name);
  if (fallback !== undefined) chip.setAttribute(FALLBACK, fallback);
  return chip;
}

/** Write the elements as merge tags again. */
export function withoutChips(html: string): string {
  const body = parsed(html);
  for (const chip of body.querySelectorAll(`[${CHIP_ATTRIBUTE}]`)) {
    const name = chip.getAttribute(CHIP_ATTRIBUTE) ?? "";
    chip.replaceWith(writeChip({ name, fallback: chip.getAttribute(FALLBACK) ?? undefined }));
  }
  return body.innerHTML;
}

function textsIn(root: Node): Text[] {
  const walker = root.ownerDocument?.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker?.nextNode()) found.push(walker.currentNode as Text);
  return found;
}

/** Make HTML of a plain text: an empty line parts paragraphs, a line end stays one. */
export function htmlOf(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return escaped
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br>")}</p>`)
    .join("");
}
