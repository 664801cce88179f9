// Merge tags in a text: `{{ contact.first_name | default: "there" }}` <-> a chip with its name and fallback.
// Only this form becomes a chip; any other Liquid stays the text that it is.

export interface Chip {
  readonly name: string;
  /** undefined: there is none; an empty one writes nothing where the value is missing. */
  readonly fallback: string | undefined;
}

export type Piece = string | Chip;

const TAG =
  /\{\{-?\s*([a-z_][a-z0-9_]*(?:\.[a-z0-9_]+)*)\s*(?:\|\s*default:\s*(?:"([^"{}]*)"|'([^'{}]*)')\s*)?-?\}\}/g;

/** Tags that are filled for everybody and so need no fallback. Mirrors core/merge_tags.py. */
export const ALWAYS_FILLED: ReadonlySet<string> = new Set([
  "sender.name",
  "sender.address",
  "workspace.name",
  "sequence.name",
  "unsubscribe_url",
]);

/** Cut a text into words and chips. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(TAG)) {
    if (match.index > end) pieces.push(text.slice(end, match.index));
    pieces.push({ name: match[1] ?? "", fallback: match[2] ?? match[3] });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}

/** Say a text with its tags in brackets: "[first name], your trial is ready". */
export function inBrackets(text: string): string {
  return piecesOf(text)
    .map((piece) => (typeof piece === "string" ? piece : `[${chipWords(piece.name)}]`))
    .join("");
}

/** Write a chip as Liquid. Braces cannot stand in a fallback; of both quotes the double one becomes curly. */
export function writeChip({ name, fallback }: Chip): string {
  if (fallback === undefined) return `{{ ${name} }}`;
  const plain = fallback.replaceAll(/[{}]/g, "");
  if (!plain.includes('"')) return `{{ ${name} | default: "${plain}" }}`;
  return plain.includes("'")
    ? `{{ ${name} | default: "${plain.replaceAll('"', "”")}" }}`
    : `{{ ${name} | default: '${plain}' }}`;
}

/** Tell whether a chip may leave a hole in the text of some contacts. */
export function lacksFallback({ name, fallback }: Chip): boolean {
  return fallback === undefined && !ALWAYS_FILLED.has(name);
}

/** Tell whether a text asks with a condition whether there is a value, so that its absence is provided for. */
export function isAskedFor(name: string, text: string): boolean {
  const asked = text.matchAll(/\{%-?\s*(?:if|elsif|unless|case)\s([^%]*)%\}/g);
  return [...asked].some(([, condition]) => condition?.split(/[^a-z0-9_.]+/).includes(name));
}

/** Return the name as it is read: `contact.first_name` is `first name`, `contact.custom.seats` is `seats`. */
export function chipWords(name: string): string {
  return name.replace(/^contact\.(custom\.)?/, "").replaceAll(/[._]/g, " ");
}

/** Count the words that a person reads; a chip is one. */
export function wordsIn(text: string): number {
  const read = piecesOf(text).map((piece) => (typeof piece === "string" ? piece : "chip"));
  return read
    .join("")
    .replaceAll(/<[^>]*>/g, " ")
    .split(/\s+/)
    .filter(Boolean).length;
}
