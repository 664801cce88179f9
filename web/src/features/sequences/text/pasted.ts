// What is pasted from Word, Gmail or a page, as the formatted editor can hold it.

const LISTED = /mso-list:\s*l\d+\s+level(\d+)/i;
const NUMBERED = /^\(?(\d+|[a-z]|[ivxlc]+)[.)]/i;
const TABLE_PARTS = "table, thead, tbody, tfoot, tr, caption, colgroup, col";

/** Clean pasted HTML: real lists, a paragraph for each cell, no empty ones, no images that nobody else can load. */
export function cleaned(html: string): string {
  // The editor's own pieces are as it wrote them.
  if (html.includes("data-pm-slice")) return html;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const own of body.querySelectorAll("style, script, title, meta, link, xml")) own.remove();
  for (const image of body.querySelectorAll("img")) if (!isSeen(image)) image.remove();
  for (const space of body.querySelectorAll("[style*='mso-spacerun']")) space.replaceWith(" ");
  unfold(body);
  makeLists(body);
  for (const block of body.querySelectorAll("p, div")) if (saysNothing(block)) block.remove();
  return body.innerHTML;
}

/** Files of the writer's machine or letter are not here, and a dot of one pixel only counts who reads. */
function isSeen(image: HTMLImageElement): boolean {
  const isDot = ["width", "height"].some((side) => /^[01](px)?$/.test(image.getAttribute(side) ?? ""));
  return /^https?:/i.test(image.getAttribute("src") ?? "") && !isDot;
}

/** The editor knows no tables: cells would run together in one line. */
function unfold(body: HTMLElement) {
  for (const cell of body.querySelectorAll("td, th")) {
    const block = body.ownerDocument.createElement("div");
    block.append(...cell.childNodes);
    cell.replaceWith(block);
  }
  for (const part of body.querySelectorAll(TABLE_PARTS)) part.replaceWith(...part.childNodes);
}

interface Level {
  readonly depth: number;
  readonly list: Element;
}

/** Word writes the items of a list as paragraphs with a drawn mark. */
function makeLists(body: HTMLElement) {
  let open: Level[] = [];
  for (const item of body.querySelectorAll("p, h1, h2, h3")) {
    const depth = depthOf(item);
    if (depth === 0) continue;
    const follows = item.previousElementSibling === open[0]?.list;
    const outer = follows ? open.filter((level) => level.depth < depth) : [];
    const same = follows ? open.find((level) => level.depth === depth) : undefined;
    const tag = NUMBERED.test(takeMark(item)) ? "ol" : "ul";
    const level = same ?? { depth, list: begin(item, tag, outer.at(-1)) };
    open = [...outer, level];
    level.list.append(entryOf(item));
    item.remove();
  }
}

/** The depth of an item, from 1; 0 is no item. */
function depthOf(block: Element): number {
  return Number(LISTED.exec(block.getAttribute("style") ?? "")?.[1] ?? 0);
}

function entryOf(item: Element): Element {
  const entry = item.ownerDocument.createElement("li");
  const words = item.ownerDocument.createElement("p");
  words.append(...item.childNodes);
  entry.append(words);
  return entry;
}

function takeMark(item: Element): string {
  const mark = item.querySelector("[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]");
  mark?.remove();
  return mark?.textContent.trim() ?? "";
}

function begin(item: Element, tag: string, outer: Level | undefined): Element {
  const list = item.ownerDocument.createElement(tag);
  if (outer) outer.list.lastElementChild?.append(list);
  else item.before(list);
  return list;
}

function saysNothing(block: Element): boolean {
  return block.textContent.trim() === "" && block.querySelector("img") === null;
}
