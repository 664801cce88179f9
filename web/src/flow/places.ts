// Where a problem belongs: its path in the document, seen from the step and from a field of it.

interface Placed {
  readonly path: string;
}

const STEP = /^steps\[\d+\]\.?/;

/** Return the path of a problem within its step: `content.subject`, "" for the step as a whole. */
export function placeOf({ path }: Placed): string {
  return path.replace(STEP, "");
}

/** Return the problems that belong to a field or to something within it. */
export function problemsAt<Problem extends Placed>(
  problems: readonly Problem[],
  place: string,
): readonly Problem[] {
  return problems.filter((problem) => isWithin(placeOf(problem), place));
}

/** Return the problems of a place as a whole, none of what lies within it: of a list, not of its entries. */
export function problemsOf<Problem extends Placed>(
  problems: readonly Problem[],
  place: string,
): readonly Problem[] {
  return problems.filter((problem) => placeOf(problem) === place);
}

export function isWithin(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);
}
