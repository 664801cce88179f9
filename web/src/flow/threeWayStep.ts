// One step that two people changed, brought together field by field, and the ways that it names itself.
import { same } from "./fields";
import { entryOf, type Parts } from "./parts";
import type { Judge } from "./threeWayJudge";

/** The states of one step; `base` is undefined where both of them added it. */
export interface States {
  readonly key: string;
  readonly base: Parts | undefined;
  readonly mine: Parts;
  readonly theirs: Parts;
}

/** Bring a step together that both of them have. Its ways are those of theirs: they are led elsewhere. */
export function mergedStep(judge: Judge, states: States): Parts {
  const { key, mine, theirs } = states;
  if (mine.step.kind !== theirs.step.kind) {
    return judge.chosen(key, "kind", mine.step, theirs.step) === mine.step ? mine : theirs;
  }
  const known = ofOneKind(states);
  const { kept, alone, gone } = mergedEntries(judge, known);
  const fields = new Map<string, unknown>();
  for (const path of pathsOf(known)) {
    if (entryOf(path, gone) !== undefined) continue;
    const owner = entryOf(path, alone.keys());
    const value = owner === undefined ? mergedField(judge, known, path) : alone.get(owner)?.fields.get(path);
    fields.set(path, value);
  }
  return { step: theirs.step, fields, entries: kept, ways: theirs.ways };
}

/** Leave the base away where it was another kind of step. */
function ofOneKind(states: States): States {
  return states.base?.step.kind === states.mine.step.kind ? states : { ...states, base: undefined };
}

function pathsOf({ base, mine, theirs }: States): ReadonlySet<string> {
  return new Set([theirs, mine, base].flatMap((parts) => [...(parts?.fields.keys() ?? [])]));
}

function mergedField(judge: Judge, { key, base, mine, theirs }: States, path: string): unknown {
  const [was, one, other] = [base, mine, theirs].map((parts) => parts?.fields.get(path));
  if (same(one, was) || same(one, other)) return other;
  return same(other, was) ? one : judge.chosen(key, path, one, other);
}

interface Entries {
  readonly kept: readonly string[];
  /** Ways that only one of them has, with who has them. */
  readonly alone: ReadonlyMap<string, Parts>;
  readonly gone: readonly string[];
}

/** Bring the ways together that a step names itself: which there are, whose each is, and their order. */
function mergedEntries(judge: Judge, states: States): Entries {
  const { mine, theirs } = states;
  const alone = new Map<string, Parts>();
  const gone: string[] = states.base?.entries.filter((id) => !hasOne([mine, theirs], id)) ?? [];
  for (const [whose, own, other] of [
    ["mine", mine, theirs],
    ["theirs", theirs, mine],
  ] as const) {
    for (const id of own.entries.filter((each) => !other.entries.includes(each))) {
      if (staysAlone(judge, states, id, whose)) alone.set(id, own);
      else gone.push(id);
    }
  }
  return { kept: orderOf(judge, states).filter((id) => !gone.includes(id)), alone, gone };
}

function hasOne(sides: readonly Parts[], id: string): boolean {
  return sides.some(({ entries }) => entries.includes(id));
}

/** Tell whether a way stays that only one of them has: it is new, or was changed when the other took it out. */
function staysAlone(judge: Judge, states: States, id: string, whose: "mine" | "theirs"): boolean {
  const { key, base } = states;
  if (base?.entries.includes(id) !== true) return true;
  const left = states[whose].fields;
  const paths = [...left.keys()].filter((path) => entryOf(path, [id]) === id);
  if (paths.every((path) => same(left.get(path), base.fields.get(path)))) return false;
  const said = Object.fromEntries(paths.map((path) => [path.slice(id.length + 1), left.get(path)]));
  return judge.keeps(key, id, said, whose);
}

function orderOf(judge: Judge, { key, base, mine, theirs }: States): readonly string[] {
  const [one, other] = [mine.entries, theirs.entries];
  const [keepsMine, keepsTheirs] = [one, other].map((side) => isInOrder(base?.entries ?? [], side));
  if (keepsMine && keepsTheirs) return [one, other].toSorted(byText).reduce(woven);
  if (keepsMine || same(one, other)) return woven(other, one);
  const takesMine = keepsTheirs === true || judge.chosen(key, "ways", one, other) === one;
  return takesMine ? woven(one, other) : woven(other, one);
}

const byText = (one: readonly string[], other: readonly string[]) => (one.join() < other.join() ? -1 : 1);

/** Tell whether what a list shares with another one stands in the same order in both. */
function isInOrder(base: readonly string[], list: readonly string[]): boolean {
  return same(
    base.filter((id) => list.includes(id)),
    list.filter((id) => base.includes(id)),
  );
}

/** Put what only the other list has behind what is before it there. */
function woven(list: readonly string[], other: readonly string[]): readonly string[] {
  return other.reduce((whole, id, index) => {
    if (whole.includes(id)) return whole;
    const behind = other.slice(0, index).findLast((each) => whole.includes(each));
    return whole.toSpliced(behind === undefined ? 0 : whole.indexOf(behind) + 1, 0, id);
  }, list);
}
