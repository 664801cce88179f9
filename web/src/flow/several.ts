// Edits of several steps at once; each is one edit, so it is undone as one.
import { blockOf, forks } from "./blocks";
import { copied, pasted, type Pasted } from "./clipboard";
import type { FlowDocument, Step } from "./document";
import { move, remove } from "./edits";
import { inOrder } from "./outline";
import { AFTER } from "./slots";
import { stepAt, type Slot } from "./ways";

const HERE = "here";

/** Take steps out, from the last to the first; whatever led to them leads to what followed. */
export function removeAll(document: FlowDocument, keys: readonly string[]): FlowDocument {
  return ordered(document, keys).reduceRight(remove, document);
}

/** Move steps, each with what hangs on its ways, into a slot, in their order. Into themselves they cannot go. */
export function moveAll(document: FlowDocument, keys: readonly string[], slot: Slot): FlowDocument {
  const heads = headsOf(document, keys);
  const isInside = heads.some((key) => slot.step !== null && blockOf(document, key).keys.has(slot.step));
  if (isInside) return document;
  return heads.reduceRight((moved, key) => move(moved, key, slot), document);
}

/** Put copies of steps, with what hangs on their ways, behind the last; one behind which nothing comes has none. */
export function duplicateAll(
  document: FlowDocument,
  keys: readonly string[],
  keyFor: (step: Step) => string,
): Pasted {
  const heads = headsOf(document, keys).filter((key) => blockOf(document, key).exit !== undefined);
  const last = stepAt(document, heads.at(-1) ?? null);
  if (last === undefined) return { document, keys: [], lost: [] };
  const blocks = heads.flatMap((key) => [...blockOf(document, key).keys]);
  const slot = { step: last.key, way: forks(last) ? AFTER : "next" };
  return pasted(document, slot, copied(document, blocks, HERE), keyFor, HERE);
}

/** Return the steps that do not hang on another one's ways, as the outline lists them. */
function headsOf(document: FlowDocument, keys: readonly string[]): readonly string[] {
  const listed = ordered(document, keys);
  const inside = new Set<string>();
  for (const key of listed) {
    if (inside.has(key)) continue;
    for (const each of blockOf(document, key).keys) if (each !== key) inside.add(each);
  }
  return listed.filter((key) => !inside.has(key));
}

function ordered(document: FlowDocument, keys: readonly string[]): readonly string[] {
  const asked = new Set(keys);
  return inOrder(document).filter((key) => asked.has(key));
}
