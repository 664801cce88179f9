// From HTML and MJML to plain text and back, so that turning from one form to the other loses no words.
import { isSimple } from "./html";

const BLOCKS = new Set("P H1 H2 H3 H4 H5 H6 UL OL TABLE BLOCKQUOTE PRE".split(" "));
const LINES = new Set("DIV TR LI SECTION ARTICLE HEADER FOOTER HR".split(" "));
const SILENT = "head, style, script, title, template";
const WITH_WORDS = "mj-text, mj-button, mj-table, mj-raw, mj-image";

function parsed(html: string): HTMLElement {
  return new DOMParser().parseFromString(html, "text/html").body;
}

/** Make a plain text of HTML: paragraphs apart, items of lists with a dash, addresses of links behind their words. */
export function textOfHtml(html: string): string {
  const body = parsed(html);
  for (const silent of body.querySelectorAll(SILENT)) silent.remove();
  const pieces: string[] = [];
  write(body, pieces);
  const lines = pieces
    .join("")
    .split("\n")
    .map((line) => line.trim());
  const text = lines
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  return `${text}\n`;
}

function write(node: Node, pieces: string[]) {
  if (node.nodeType === Node.TEXT_NODE) pieces.push((node.textContent ?? "").replaceAll(/\s+/g, " "));
  if (!(node instanceof HTMLElement)) return;
  const { tagName } = node;
  const end = endOf(tagName);
  if (end !== "") fresh(pieces, tagName === "LI" ? "\n" : end);
  pieces.push(BEGINS[tagName] ?? "");
  for (const child of node.childNodes) write(child, pieces);
  pieces.push(addressOf(node), end);
}

const BEGINS: Readonly<Record<string, string>> = { LI: "- ", BR: "\n" };

function endOf(tagName: string): string {
  if (BLOCKS.has(tagName)) return "\n\n";
  return LINES.has(tagName) ? "\n" : "";
}

/** Begin a block on a line of its own, however it was written. */
function fresh(pieces: string[], end: string) {
  const last = pieces.findLast((piece) => piece !== "");
  if (last !== undefined && !last.endsWith(end)) pieces.push(last.endsWith("\n") ? end.slice(1) : end);
}

function addressOf(link: HTMLElement): string {
  const address = link.tagName === "A" ? (link.getAttribute("href") ?? "") : "";
  return address === "" || link.textContent.includes(address) ? "" : ` (${address})`;
}

/** Make HTML of what is read in MJML: its texts, buttons and images, one below the other. */
export function htmlOfMjml(mjml: string): string {
  const parts = [...parsed(mjml).querySelectorAll(WITH_WORDS)].map((element) => {
    const inner = element.innerHTML.trim();
    switch (element.tagName) {
      case "MJ-IMAGE":
        return paragraph(`<img${kept(element, "src")}${kept(element, "alt")}>`);
      case "MJ-BUTTON":
        return paragraph(`<a${kept(element, "href")}>${inner}</a>`);
      case "MJ-TABLE":
        return `<table>${inner}</table>`;
      default:
        return /<(p|ul|ol|h[1-6]|table|div|blockquote)\b/i.test(inner) ? inner : paragraph(inner);
    }
  });
  return parts.join("");
}

function paragraph(inner: string): string {
  return `<p>${inner}</p>`;
}

function kept(element: Element, name: string): string {
  const value = element.getAttribute(name);
  return value === null ? "" : ` ${name}="${value.replaceAll('"', "&quot;")}"`;
}

const PAGE = /<body\b[^>]*>([\s\S]*?)<\/body>/i;

/** Make MJML of HTML: one column. What the editor of texts could not show goes in as it is. */
export function mjmlOf(html: string): string {
  const inner = isSimple(html)
    ? `<mj-text font-size="15px" line-height="24px">\n          ${parsed(html).innerHTML}\n        </mj-text>`
    : `<mj-raw>${PAGE.exec(html)?.[1] ?? html}</mj-raw>`;
  return `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        ${inner}
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}
