// Where the ways lead once two edits of one flow are brought together.
import type { FlowDocument } from "./document";
import { healed, mainWay } from "./edits";
import { isEntry, partsOf, type Parts } from "./parts";
import type { Side } from "./threeWayJudge";
import { onwards, stepAt } from "./ways";

type To = string | null;

export interface Joining {
  readonly base: FlowDocument;
  readonly mine: FlowDocument;
  readonly theirs: FlowDocument;
  /** The steps that there will be, with the ways that they name. */
  readonly steps: ReadonlyMap<string, Parts>;
}

export interface Joined {
  readonly start: To;
  /** By step, where each of its ways leads; possibly to a step that is gone. */
  readonly ways: ReadonlyMap<string, ReadonlyMap<string, To>>;
  /** Both led a way elsewhere, and neither by putting steps in. */
  readonly crossed: boolean;
}

/** Steps that one side put in where a way led to a step: they lead there themselves when they go on. */
interface Inserted {
  readonly head: string;
  readonly keys: ReadonlySet<string>;
  /** Where they go on; undefined: nothing goes on behind them. */
  readonly exit: To | undefined;
}

interface Relead {
  readonly keys: ReadonlySet<string>;
  readonly from: To;
  readonly to: To;
}

/** Lead every way where one side led it anew; `prefer` decides where both did, `byDefault` until then. */
export function joinedWays(joining: Joining, prefer: Side | undefined, byDefault: Side): Joined {
  const { base, mine, theirs, steps } = joining;
  const ways = new Map<string, Map<string, To>>();
  const releads: Relead[] = [];
  let crossed = false;
  const joined = (was: To | undefined, one: To | undefined, other: To | undefined): To => {
    const led = joinedWay(joining, was, one, other, prefer);
    if (led.relead !== undefined) releads.push(led.relead);
    if (led.crossed === undefined) return led.to;
    crossed = true;
    return led.crossed[byDefault];
  };
  for (const [key, parts] of steps) {
    const was = waysIn(base, base, key);
    const [one, other] = [waysIn(base, mine, key), waysIn(base, theirs, key)];
    const names = [...parts.ways.keys()].filter((way) => !isEntry(way)).concat(parts.entries);
    ways.set(key, new Map(names.map((way) => [way, joined(was?.get(way), one?.get(way), other?.get(way))])));
  }
  const start = joined(base.start, mine.start, theirs.start);
  for (const { keys, from, to } of releads) {
    for (const own of [...keys].flatMap((key) => ways.get(key) ?? [])) {
      for (const [way, led] of own) if (led === from) own.set(way, to);
    }
  }
  return { start, ways, crossed };
}

interface JoinedWay {
  readonly to: To;
  readonly relead?: Relead;
  /** Where each side leads it, when both lead it elsewhere. */
  readonly crossed?: Both<To>;
}

function joinedWay(
  joining: Joining,
  was: To | undefined,
  one: To | undefined,
  other: To | undefined,
  prefer: Side | undefined,
): JoinedWay {
  const { mine, theirs } = joining;
  const [left, right] = [plainly(joining, mine, was, one), plainly(joining, theirs, was, other)];
  if (left === undefined || right === undefined) return { to: alone(left, right) };
  const put = { mine: inserted(joining, mine, left, was), theirs: inserted(joining, theirs, right, was) };
  const to = { mine: left, theirs: right };
  if (prefer !== undefined) return preferred(to, put, prefer);
  if (left === was) return { to: right };
  return right === was ? { to: left } : (inTurn(put, to) ?? { to: right, crossed: to });
}

/** Return where a way leads that one of them does not have, the end where neither has it. */
function alone(left: To | undefined, right: To | undefined): To {
  return left ?? right ?? null;
}

type Both<Value> = Readonly<Record<Side, Value>>;

/** Lead a way where one side does; steps that the other put in there come first. */
function preferred(to: Both<To>, put: Both<Inserted | undefined>, side: Side): JoinedWay {
  const added = put[side === "mine" ? "theirs" : "mine"];
  return goesOn(added) ? behind(added, to[side]) : { to: to[side] };
}

function goesOn(added: Inserted | undefined): added is Inserted {
  return added?.exit !== undefined;
}

/** Lead a way to steps that were put in, and from there on where it leads besides. */
function behind({ head, keys, exit = null }: Inserted, then: To): JoinedWay {
  return { to: head, relead: { keys, from: exit, to: then } };
}

function waysIn(base: FlowDocument, document: FlowDocument, key: string) {
  const step = stepAt(document, key);
  return step && partsOf(step, stepAt(base, key) ?? step).ways;
}

/** Say what a side meant: where it took a step out, the way to it was only healed, which is no change. */
function plainly({ base }: Joining, side: FlowDocument, was: To | undefined, is: To | undefined) {
  if (was === undefined || was === null || is === undefined || is === was) return is;
  return stepAt(side, was) === undefined && heirIn(base, side, was) === is ? was : is;
}

/** Return what follows a step that a side took out: the first step on its main way that the side still has. */
function heirIn(base: FlowDocument, side: FlowDocument, key: string): To {
  const passed = new Set<string>();
  let at: To = key;
  while (at !== null && !passed.has(at) && stepAt(side, at) === undefined) {
    passed.add(at);
    const step = stepAt(base, at);
    at = step === undefined ? null : mainWay(step);
  }
  return at !== null && passed.has(at) ? null : at;
}

/** Tell which steps a side put in between a way and where it led; undefined: it led it elsewhere. */
function inserted(
  { base }: Joining,
  side: FlowDocument,
  head: To,
  was: To | undefined,
): Inserted | undefined {
  if (head === null || stepAt(base, head) !== undefined) return undefined;
  const { keys, exits } = newFrom(base, side, head);
  const before = was ?? null;
  const exit = [before, before === null ? null : heirIn(base, side, before)].find((to) => exits.has(to));
  return exits.size === 0 || exit !== undefined ? { head, keys, exit } : undefined;
}

/** Walk from a new step over new steps, and say where they lead out. */
function newFrom(base: FlowDocument, side: FlowDocument, head: string) {
  const keys = new Set<string>();
  const exits = new Set<To>();
  const open: To[] = [head];
  while (open.length > 0) {
    const to = open.pop() ?? null;
    const step = stepAt(side, to);
    if (step === undefined || stepAt(base, step.key) !== undefined) exits.add(to);
    else if (!keys.has(step.key)) {
      keys.add(step.key);
      open.push(...onwards(step));
    }
  }
  return { keys, exits };
}

/**
 * Let steps that were put in follow each other; undefined where that cannot be. Of two that both go on, the key
 * decides, so that it does not matter who was first.
 */
function inTurn({ mine, theirs }: Both<Inserted | undefined>, to: Both<To>): JoinedWay | undefined {
  if (goesOn(mine) && (!goesOn(theirs) || mine.head < theirs.head)) return behind(mine, to.theirs);
  return goesOn(theirs) ? behind(theirs, to.mine) : undefined;
}

/** Let all that leads to steps that are gone lead to what follows them. */
export function healedWays(document: FlowDocument, gone: ReadonlyMap<string, Parts>): FlowDocument {
  return [...gone.keys()].reduce((whole, key) => healed(whole, new Set([key]), heirOf(gone, key)), document);
}

function heirOf(gone: ReadonlyMap<string, Parts>, key: string): To {
  const passed = new Set<string>();
  let at: To = key;
  for (let parts = gone.get(key); parts !== undefined; parts = gone.get(at ?? "")) {
    if (at === null || passed.has(at)) return null;
    passed.add(at);
    at = mainWay(parts.step);
  }
  return at;
}
