import type { FlowDocument } from "../document";
import { merged } from "../threeWay";
import type { Side } from "../threeWayJudge";

const MOST_ROUNDS = 50;

/** Choose on and on until nothing is left to choose. */
export function decided(base: FlowDocument, mine: FlowDocument, theirs: FlowDocument, side: () => Side) {
  const choices = new Map<string, Side>();
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const { document, conflicts } = merged(base, mine, theirs, choices);
    if (conflicts.length === 0) return document;
    for (const { id } of conflicts) choices.set(id, side());
  }
  throw new Error("never decided");
}
