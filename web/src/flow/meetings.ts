// Where the ways of every step come together, for a whole flow at once.
import type { FlowDocument } from "./document";
import { onwards } from "./ways";

const EXIT = "";

/**
 * Return for each step the nearest step that everybody who goes on from it has to pass; null is the end of the
 * flow. Steps from which nobody comes to the end are not in it. It says what `meeting` says of one step.
 */
export function meetings(document: FlowDocument): ReadonlyMap<string, string | null> {
  const [ahead, behind] = links(document);
  const order = leavingOrder(behind);
  const rank = new Map(order.map((key, index) => [key, index]));
  const next = new Map<string, string>([[EXIT, EXIT]]);

  /** Walk both up towards the end until they are at one place. */
  function common(one: string, other: string): string {
    let [a, b] = [one, other];
    while (a !== b) {
      if ((rank.get(a) ?? 0) > (rank.get(b) ?? 0)) a = next.get(a) ?? EXIT;
      else b = next.get(b) ?? EXIT;
    }
    return a;
  }

  for (let changed = true; changed;) {
    changed = false;
    for (const key of order.slice(1)) {
      const known = (ahead.get(key) ?? []).filter((to) => next.has(to));
      const found = known.reduce(common);
      if (next.get(key) === found) continue;
      next.set(key, found);
      changed = true;
    }
  }
  next.delete(EXIT);
  return new Map([...next].map(([key, to]) => [key, to === EXIT ? null : to]));
}

type Links = ReadonlyMap<string, readonly string[]>;

function links(document: FlowDocument): readonly [ahead: Links, behind: Links] {
  const known = new Set(document.steps.map(({ key }) => key));
  const ahead = new Map<string, string[]>();
  const behind = new Map<string, string[]>();
  for (const step of document.steps) {
    const to = onwards(step).map((key) => (key !== null && known.has(key) ? key : EXIT));
    ahead.set(step.key, to);
    for (const key of new Set(to)) behind.set(key, [...(behind.get(key) ?? []), step.key]);
  }
  return [ahead, behind];
}

/** List the steps from which the end can be reached, the end first, each behind one that it leads to. */
function leavingOrder(behind: Links): readonly string[] {
  const left: string[] = [];
  const seen = new Set([EXIT]);
  const open = [{ key: EXIT, at: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const before = behind.get(top.key)?.[top.at];
    top.at += 1;
    if (before === undefined) {
      left.push(top.key);
      open.pop();
    } else if (!seen.has(before)) {
      seen.add(before);
      open.push({ key: before, at: 0 });
    }
  }
  return left.toReversed();
}
