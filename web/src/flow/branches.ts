// Edits of the ways that a step names itself: branches of a condition, arms of a split, answers of an agent.
import type { Arm, Branch, FlowDocument, NamedBranch, Step } from "./document";
import { withoutLost } from "./edits";
import { replace } from "./slots";

type Entry = Branch | Arm | NamedBranch;
type Entries = readonly Entry[];
type Fields = Readonly<Record<string, unknown>>;

const WHOLE = 100;

/** Return the ways that a step names itself, in their order; [] for kinds that name none. */
export function entriesOf(step: Step): Entries {
  return (step.kind === "split" ? step.arms : "branches" in step ? step.branches : undefined) ?? [];
}

function put(document: FlowDocument, key: string, edit: (entries: Entries) => Entries): FlowDocument {
  return replace(document, key, (step) => {
    const changed = edit(entriesOf(step));
    if (step.kind === "split") return { ...step, arms: changed };
    if (step.kind === "condition") return { ...step, branches: changed as readonly Branch[] };
    return step.kind === "ai_decide" ? { ...step, branches: changed as readonly NamedBranch[] } : step;
  });
}

/** Add a way behind the others. It goes on below, where the else way goes on in the end. */
export function addEntry(
  document: FlowDocument,
  key: string,
  entry: Fields & { name: string },
  next: string | null,
): FlowDocument {
  return put(document, key, (entries) => [...entries, { ...entry, next }]);
}

/** Take a way out, with the steps that only it leads to. */
export function removeEntry(document: FlowDocument, key: string, index: number): FlowDocument {
  return withoutLost(
    document,
    put(document, key, (entries) => entries.toSpliced(index, 1)),
  );
}

/** Ask a way earlier (-1) or later (1); at the edge nothing changes. */
export function shiftEntry(document: FlowDocument, key: string, index: number, by: number): FlowDocument {
  return put(document, key, (entries) => {
    const entry = entries[index];
    const to = index + by;
    if (entry === undefined || to < 0 || to >= entries.length) return entries;
    return entries.toSpliced(index, 1).toSpliced(to, 0, entry);
  });
}

export function changeEntry(
  document: FlowDocument,
  key: string,
  index: number,
  fields: Fields,
): FlowDocument {
  return put(document, key, (entries) =>
    entries.map((entry, place) => (place === index ? { ...entry, ...fields } : entry)),
  );
}

/** Return the weights as whole percents that sum up to 100; all 0 where nobody takes any. */
export function percents(weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (weight / sum) * WHOLE);
  const left = WHOLE - exact.reduce((total, share) => total + Math.floor(share), 0);
  const byRest = exact
    .map((share, index) => ({ index, rest: share - Math.floor(share) }))
    .toSorted((one, other) => other.rest - one.rest || one.index - other.index);
  const raised = new Set(byRest.slice(0, left).map(({ index }) => index));
  return exact.map((share, index) => Math.floor(share) + (raised.has(index) ? 1 : 0));
}

/** Give one arm its share in percent; the others keep their proportions in what is left. */
export function withShare(weights: readonly number[], index: number, share: number): readonly number[] {
  const wanted = Math.max(0, Math.min(WHOLE, Math.round(share)));
  const others = weights.toSpliced(index, 1);
  if (others.length === 0) return [WHOLE];
  const even = others.every((weight) => weight === 0) ? others.map(() => 1) : others;
  const sum = even.reduce((total, weight) => total + weight, 0);
  const spread = wholeParts(
    even.map((weight) => weight / sum),
    WHOLE - wanted,
  );
  return spread.toSpliced(index, 0, wanted);
}

function wholeParts(shares: readonly number[], total: number): number[] {
  const floors = shares.map((share) => Math.floor(share * total + 1e-9));
  let left = total - floors.reduce((sum, part) => sum + part, 0);
  return floors.map((part) => (left-- > 0 ? part + 1 : part));
}

/** Set the weights of a split's arms, in their order. */
export function weigh(document: FlowDocument, key: string, weights: readonly number[]): FlowDocument {
  return put(document, key, (entries) =>
    entries.map((entry, index) => ({ ...entry, weight: weights[index] ?? 0 })),
  );
}

/** Return even weights in whole percents: 34, 33, 33. */
export function evenly(count: number): readonly number[] {
  return percents(Array.from({ length: count }, () => 1));
}

/** Return a name that no other way of the step has: A, B, C … for arms, a numbered one else. */
export function freeName(
  entries: readonly { readonly name: string }[],
  nameOf: (n: number) => string,
): string {
  const taken = new Set(entries.map(({ name }) => name.trim()));
  for (let number = entries.length + 1; ; number++) {
    const name = nameOf(number);
    if (!taken.has(name)) return name;
  }
}
