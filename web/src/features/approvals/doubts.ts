// Where the doubtful words of a draft stand. Pure.

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
