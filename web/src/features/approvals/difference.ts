// What somebody changed in what an agent wrote, word by word, and where a doubtful word stands. Pure.

export interface Piece {
  readonly kind: "same" | "out" | "in";
  readonly text: string;
}

/** Pairs of words that are compared at most; longer texts are shown as replaced between what both begin and end with. */
const MOST_PAIRS = 4_000_000;

/** Return both texts as one: what stayed, what was taken out, what came in. */
export function differenceOf(before: string, after: string): readonly Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const start = sharedStart(old, now);
  const end = Math.min(
    sharedStart(old.toReversed(), now.toReversed()),
    Math.min(old.length, now.length) - start,
  );
  const middle = between(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const pieces: Piece[] = [
    { kind: "same", text: old.slice(0, start).join("") },
    ...middle,
    { kind: "same", text: old.slice(old.length - end).join("") },
  ];
  return gathered(pieces);
}

/** Words and the gaps between them, each a token of its own; together they are the text. */
function wordsOf(text: string): readonly string[] {
  return text.split(/(\s+)/).filter((word) => word !== "");
}

function sharedStart(one: readonly string[], other: readonly string[]): number {
  const at = one.findIndex((word, index) => word !== other[index]);
  return at === -1 ? one.length : at;
}

/** The longest common row of words, found by the table of lengths from the end. */
function between(old: readonly string[], now: readonly string[]): readonly Piece[] {
  const replaced: readonly Piece[] = [
    { kind: "out", text: old.join("") },
    { kind: "in", text: now.join("") },
  ];
  if (old.length * now.length > MOST_PAIRS) return replaced;
  const width = now.length + 1;
  const lengths = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  return walked(old, now, at);
}

function walked(
  old: readonly string[],
  now: readonly string[],
  at: (i: number, j: number) => number,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  const isGone = () => j >= now.length || (i < old.length && at(i + 1, j) >= at(i, j + 1));
  while (i < old.length || j < now.length) {
    const kind = old[i] === now[j] ? "same" : isGone() ? "out" : "in";
    pieces.push({ kind, text: [kind === "in" ? now[j] : old[i]].join("") });
    i += kind === "in" ? 0 : 1;
    j += kind === "out" ? 0 : 1;
  }
  return pieces;
}

/** Join neighbours, and what only a gap parts: a changed phrase is read as one, first as it was, then as it is. */
function gathered(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  const changed = { out: "", in: "" };
  const close = () => {
    joined.push({ kind: "out", text: changed.out }, { kind: "in", text: changed.in });
    [changed.out, changed.in] = ["", ""];
  };
  for (const { kind, text } of joinedRuns(pieces)) {
    if (kind !== "same") changed[kind] += text;
    else if (changed.out !== "" && changed.in !== "" && isGap(text)) {
      changed.out += text;
      changed.in += text;
    } else {
      close();
      joined.push({ kind, text });
    }
  }
  close();
  return joined.filter(({ text }) => text !== "");
}

function isGap(text: string): boolean {
  return /^[^\S\n]+$/.test(text);
}

function joinedRuns(pieces: readonly Piece[]): readonly Piece[] {
  const runs: Piece[] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === piece.kind) runs[runs.length - 1] = { kind: last.kind, text: last.text + piece.text };
    else runs.push(piece);
  }
  return runs;
}

export interface Marked {
  readonly text: string;
  /** The number of the doubt that is about it; undefined: none is. */
  readonly doubt: number | undefined;
}

/** Cut a text where doubtful words stand: each doubt where it is found first. */
export function markedIn(text: string, excerpts: readonly string[]): readonly Marked[] {
  const folded = text.toLowerCase();
  // Lowering may change the length of rare letters: then nothing is marked rather than the wrong words.
  const isSafe = folded.length === text.length;
  const found = excerpts
    .map((excerpt, doubt) => ({ doubt, from: foundAt(folded, excerpt), length: excerpt.trim().length }))
    .filter(({ from }) => isSafe && from !== -1)
    .toSorted((one, other) => one.from - other.from);
  const cut: Marked[] = [];
  let here = 0;
  for (const { doubt, from, length } of found) {
    if (from < here) continue;
    cut.push(
      { text: text.slice(here, from), doubt: undefined },
      { text: text.slice(from, from + length), doubt },
    );
    here = from + length;
  }
  return [...cut, { text: text.slice(here), doubt: undefined }].filter((piece) => piece.text !== "");
}

function foundAt(folded: string, excerpt: string): number {
  const wanted = excerpt.trim().toLowerCase();
  return wanted === "" ? -1 : folded.indexOf(wanted);
}
