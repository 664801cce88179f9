// Two edits of one flow brought together, by step and field: `mine` and `theirs` both began from `base`.
// What only one of them changed is taken; what both changed to different values is a conflict with both.
import type { FlowDocument, Step } from "./document";
import { same } from "./fields";
import { inOrder } from "./outline";
import { partsOf, saysSame, stepOf, type Parts } from "./parts";
import { Judge, type Choices, type Conflict, type Side } from "./threeWayJudge";
import { mergedStep } from "./threeWayStep";
import { healedWays, joinedWays } from "./threeWayWays";
import { onwards, reachable, stepAt } from "./ways";

export interface Merged {
  /** Of a conflict that nobody chose in, it has theirs; what one of them took out is kept. */
  readonly document: FlowDocument;
  readonly conflicts: readonly Conflict[];
}

const ORDER = "order";
const NONE: Choices = new Map();

/** Merge two edits of a flow. What `choices` decide is no conflict any more. */
export function merged(
  base: FlowDocument,
  mine: FlowDocument,
  theirs: FlowDocument,
  choices: Choices = NONE,
): Merged {
  if (same(mine, base) || same(mine, theirs)) return { document: theirs, conflicts: [] };
  if (same(theirs, base)) return { document: mine, conflicts: [] };
  const sides = { base, mine, theirs };
  const first = tried(sides, choices, false);
  return first.isWhole ? first : strictly(sides, choices);
}

/** Merge so that nothing gets lost under what the other took out; what hangs together in no way is chosen whole. */
function strictly(sides: Sides, choices: Choices): Merged {
  const second = tried(sides, choices, true);
  const isSettled = second.isWhole || second.conflicts.length > 0 || choices.has(ORDER);
  return isSettled ? second : { ...second, conflicts: [conflictOfOrder(sides)] };
}

interface Sides {
  readonly base: FlowDocument;
  readonly mine: FlowDocument;
  readonly theirs: FlowDocument;
}

interface Tried extends Merged {
  readonly isWhole: boolean;
}

/** Merge with their values where nobody chose, and see that it would hang together with ours as well. */
function tried(sides: Sides, choices: Choices, strict: boolean): Tried {
  const withTheirs = mergedBy(sides, new Judge(choices, "theirs", strict));
  return {
    ...withTheirs,
    isWhole: withTheirs.isWhole && mergedBy(sides, new Judge(choices, "mine", strict)).isWhole,
  };
}

function mergedBy(sides: Sides, judge: Judge): Tried {
  const { base, mine, theirs } = sides;
  const { steps, gone } = placed(sides, judge);
  const order = judge.choices.get(ORDER);
  const { start, ways, crossed } = joinedWays({ ...sides, steps }, order, judge.byDefault);
  if (crossed && order === undefined) judge.conflicts.push(conflictOfOrder(sides));
  const together = [...steps].map(([key, parts]) =>
    stepOf(parts.step, { ...parts, ways: ways.get(key) ?? parts.ways }),
  );
  const document = ordered(healedWays({ format: base.format, start, steps: together }, gone));
  return {
    document,
    conflicts: judge.conflicts,
    isWhole: hangsTogether(document, [mine, theirs]),
  };
}

function conflictOfOrder({ mine, theirs }: Sides): Conflict {
  const both = { mine: inOrder(mine), theirs: inOrder(theirs) };
  return { id: ORDER, kind: "order", step: null, field: "", ...both };
}

interface Placed {
  readonly steps: ReadonlyMap<string, Parts>;
  /** Steps that are out, as one of them still has them: what leads there leads on. */
  readonly gone: ReadonlyMap<string, Parts>;
}

/** Take each step as it comes of both, or leave it out. */
function placed({ base, mine, theirs }: Sides, judge: Judge): Placed {
  const steps = new Map<string, Parts>();
  const gone = new Map<string, Parts>();
  for (const key of new Set([base, theirs, mine].flatMap((each) => each.steps.map((step) => step.key)))) {
    const was = stepAt(base, key);
    const partsIn = (step: Step | undefined) => step && partsOf(step, was ?? step);
    const [before, one, other] = [was, stepAt(mine, key), stepAt(theirs, key)].map(partsIn);
    const stays = staying(judge, key, before, one, other);
    const out = one ?? other ?? before;
    if (stays !== undefined) steps.set(key, stays);
    else if (out !== undefined) gone.set(key, out);
  }
  return { steps, gone };
}

type Maybe = Parts | undefined;

function staying(judge: Judge, key: string, base: Maybe, mine: Maybe, theirs: Maybe): Maybe {
  if (mine && theirs) return mergedStep(judge, { key, base, mine, theirs });
  const left = mine ?? theirs;
  return left && staysOut(judge, base, left, mine ? "mine" : "theirs") ? undefined : left;
}

/** Tell whether a step that only one of them has stays out: the other took it out, and nothing speaks against. */
function staysOut(judge: Judge, base: Maybe, left: Parts, whose: Side): boolean {
  if (base === undefined) return false;
  const isChanged = !saysSame(base, left) || (judge.strict && !sameWays(base, left));
  return !isChanged || !judge.keeps(left.step.key, "", left.step, whose);
}

function sameWays(one: Parts, other: Parts): boolean {
  return same(Object.fromEntries(one.ways), Object.fromEntries(other.ways));
}

/** List the steps as the outline shows them, so that the order does not depend on who was first. */
function ordered(document: FlowDocument): FlowDocument {
  return { ...document, steps: inOrder(document).flatMap((key) => stepAt(document, key) ?? []) };
}

/** Tell whether nothing is lost that each of them could reach, and no way leads round in a circle. */
function hangsTogether(document: FlowDocument, sides: readonly FlowDocument[]): boolean {
  const found = reachable(document, document.start);
  const were = sides.map((side) => ({ side, found: reachable(side, side.start) }));
  const isLost = ({ key }: Step) =>
    !found.has(key) && were.every((each) => stepAt(each.side, key) === undefined || each.found.has(key));
  return !document.steps.some(isLost) && (!turns(document) || sides.some(turns));
}

/** Tell whether going on leads to a step once more. */
function turns(document: FlowDocument): boolean {
  const state = new Map<string, "open" | "done">();
  const walk = (key: string | null): boolean => {
    const step = stepAt(document, key);
    if (step === undefined || state.get(step.key) === "done") return false;
    if (state.get(step.key) === "open") return true;
    state.set(step.key, "open");
    const isRound = onwards(step).some(walk);
    state.set(step.key, "done");
    return isRound;
  };
  return document.steps.some(({ key }) => walk(key));
}
