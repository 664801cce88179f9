// Moving nodes as it is undone and saved, beside the flow. Undo is one for both: each move knows how many edits of the
// flow came before it, so that what was done last is undone first.
import type { Point } from "./layout";
import type { Positions } from "./positions";

/** Where steps go; undefined: to where the layout puts them. */
export type Changes = ReadonlyMap<string, Point | undefined>;

interface Move {
  readonly before: Changes;
  readonly after: Changes;
  /** How many edits of the flow were made before it. */
  readonly edits: number;
}

export interface Movings {
  readonly positions: Positions;
  /** What the server has, as far as we know. */
  readonly saved: Positions;
  readonly past: readonly Move[];
  readonly future: readonly Move[];
}

export const UNMOVED: Movings = { positions: new Map(), saved: new Map(), past: [], future: [] };

/** Move steps, after so many edits of the flow. Where all of them stand already, nothing is done. */
export function moved(state: Movings, changes: Changes, edits: number): Movings {
  const after = new Map([...changes].filter(([step, to]) => !isSame(state.positions.get(step), to)));
  if (after.size === 0) return state;
  const before = new Map([...after.keys()].map((step) => [step, state.positions.get(step)]));
  const past = [...state.past, { before, after, edits }];
  return { ...state, positions: changed(state.positions, after), past, future: [] };
}

/** Tell whether a move was made after the last of so many edits: then it is what is undone next. */
export function mayUndo({ past }: Movings, edits: number): boolean {
  return (past.at(-1)?.edits ?? -1) >= edits;
}

export function mayRedo({ future }: Movings, edits: number): boolean {
  return future[0]?.edits === edits;
}

export function undone(state: Movings): Movings {
  const last = state.past.at(-1);
  if (last === undefined) return state;
  const positions = changed(state.positions, last.before);
  return { ...state, positions, past: state.past.slice(0, -1), future: [last, ...state.future] };
}

export function redone(state: Movings): Movings {
  const [next, ...future] = state.future;
  if (next === undefined) return state;
  return { ...state, positions: changed(state.positions, next.after), past: [...state.past, next], future };
}

/**
 * Take over what the server says of these steps, but for what was moved here and is not saved yet. `sent` is what it was
 * told before it said so: what was moved since then is newer than its answer.
 */
export function learnt(
  state: Movings,
  server: Positions,
  steps: Iterable<string>,
  sent: Changes = new Map(),
): Movings {
  const known = changed(state.saved, sent);
  const theirs = new Map(
    [...steps]
      .filter((step) => isSame(state.positions.get(step), known.get(step)))
      .map((step) => [step, server.get(step)]),
  );
  return { ...state, positions: changed(state.positions, theirs), saved: server };
}

/** Return what of these steps the server does not know yet. */
export function unsaved({ positions, saved }: Movings, steps: Iterable<string>): Changes {
  return new Map(
    [...steps]
      .filter((step) => !isSame(positions.get(step), saved.get(step)))
      .map((step) => [step, positions.get(step)]),
  );
}

function changed(positions: Positions, changes: Changes): Positions {
  const now = new Map(positions);
  for (const [step, to] of changes) {
    if (to === undefined) now.delete(step);
    else now.set(step, to);
  }
  const isOld =
    now.size === positions.size && [...now].every(([step, to]) => isSame(positions.get(step), to));
  return isOld ? positions : now;
}

function isSame(one: Point | undefined, other: Point | undefined): boolean {
  return one?.x === other?.x && one?.y === other?.y;
}
