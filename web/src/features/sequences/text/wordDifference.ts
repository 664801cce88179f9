// What a new text changes of an old one, word by word.

export interface Part {
  readonly kind: "same" | "gone" | "new";
  readonly text: string;
}

/** Beyond so many pairs of words only the whole texts are set against each other. */
const MOST_PAIRS = 1_000_000;

/** Return the parts that are the same, gone and new, in reading order; those that are not new make the old text. */
export function wordDifference(before: string, after: string): readonly Part[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  if (old.length * now.length > MOST_PAIRS) return joined([part("gone", before), part("new", after)]);
  const longest = lengths(old, now);
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  for (const was of old) {
    const next = placeOf(was, now, j, (place) => at(longest, i, place + 1) > at(longest, i + 1, place));
    if (next > j) parts.push(part("new", now.slice(j, next).join("")));
    j = next;
    const isKept = was === now[j];
    parts.push(part(isKept ? "same" : "gone", was));
    i += 1;
    if (isKept) j += 1;
  }
  return joined([...parts, part("new", now.slice(j).join(""))]);
}

/** Return the next place where the word stands, or before which nothing is to be passed over for it. */
function placeOf(word: string, now: readonly string[], from: number, isWorth: (place: number) => boolean) {
  let place = from;
  while (place < now.length && word !== now[place] && isWorth(place)) place += 1;
  return place;
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\{\{.*?\}\}|\s+|[^\s{]+|\{/gs) ?? [];
}

function part(kind: Part["kind"], text: string): Part {
  return { kind, text };
}

/** The length of the longest common run of words from each pair of places on. */
function lengths(old: readonly string[], now: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    const row = rows[i];
    for (let j = now.length - 1; row !== undefined && j >= 0; j -= 1) {
      row[j] =
        old[i] === now[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

function at(rows: readonly Uint16Array[], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}

/** Put what is gone and what is new side by side: a blank alone between two changes is no words that stayed. */
function joined(parts: readonly Part[]): readonly Part[] {
  const done: Part[] = [];
  let [gone, fresh] = ["", ""];
  const flush = (same: string) => {
    const last = done.at(-1);
    const isAlike = last?.kind === "same" && gone === "" && fresh === "";
    if (isAlike) done[done.length - 1] = part("same", last.text + same);
    else done.push(...[part("gone", gone), part("new", fresh), part("same", same)].filter(isSaid));
    [gone, fresh] = ["", ""];
  };
  for (const [index, { kind, text }] of parts.entries()) {
    if (isStaying(parts, index, gone + fresh)) flush(text);
    else {
      gone += kind === "new" ? "" : text;
      fresh += kind === "gone" ? "" : text;
    }
  }
  flush("");
  return done;
}

function isStaying(parts: readonly Part[], index: number, changed: string): boolean {
  const [here, next] = [parts[index], parts[index + 1]];
  if (here?.kind !== "same") return false;
  return (
    here.text.trim() !== "" || changed === "" || next === undefined || next.kind === "same" || !isSaid(next)
  );
}

function isSaid({ text }: Part): boolean {
  return text !== "";
}
