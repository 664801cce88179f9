// What a mail takes along, asked before anything is uploaded.
import { LIMITS } from "@/api/attachments";

interface Sized {
  readonly name: string;
  readonly size: number;
}

/** `why` a file does not go along; `size` of it, or of all together where that is too much. */
export interface Refusal extends Sized {
  readonly why: "count" | "each" | "all" | "none";
}

/** Tell which of the chosen files are taken beside those that are there, and why the others are not. */
export function split<Chosen extends Sized>(there: readonly Sized[], chosen: readonly Chosen[]) {
  const taken: Chosen[] = [];
  const refused: Refusal[] = [];
  for (const file of chosen) {
    const refusal = refusalOf([...there, ...taken], file);
    if (refusal === undefined) taken.push(file);
    else refused.push(refusal);
  }
  return { taken, refused };
}

function refusalOf(before: readonly Sized[], { name, size }: Sized): Refusal | undefined {
  const all = before.reduce((sum, file) => sum + file.size, size);
  if (size === 0) return { why: "none", name, size };
  if (size > LIMITS.each) return { why: "each", name, size };
  if (before.length >= LIMITS.files) return { why: "count", name, size };
  return all > LIMITS.all ? { why: "all", name, size: all } : undefined;
}
