// A flow with branches as an indented list: each step once, its ways below it, what they share below all.
import type { FlowDocument, Step } from "./document";
import { reachable, stepAt, waysOf, type WayOut } from "./ways";

export type Row =
  | { readonly row: "step"; readonly key: string; readonly depth: number }
  | { readonly row: "way"; readonly from: string; readonly way: string; readonly depth: number }
  | { readonly row: "joins"; readonly to: string; readonly depth: number }
  | { readonly row: "end"; readonly depth: number }
  | { readonly row: "unreached" };

/** List the rows of a flow; steps that no way reaches come last, below a row that says so. */
export function outline(document: FlowDocument): readonly Row[] {
  const rows: Row[] = [];
  const shown = new Set<string>();

  function walk(from: string | null, depth: number, until: string | undefined): void {
    let key: string | null | undefined = from;
    while (key !== undefined && key !== until) key = show(stepAt(document, key), depth, until);
  }

  /** Add the rows of a step and of its ways; return what follows below all of them, undefined if nothing does. */
  function show(step: Step | undefined, depth: number, until: string | undefined) {
    if (step === undefined || shown.has(step.key)) {
      rows.push(step === undefined ? { row: "end", depth } : { row: "joins", to: step.key, depth });
      return undefined;
    }
    shown.add(step.key);
    rows.push({ row: "step", key: step.key, depth });
    if (stops(step)) return undefined;
    const ways = waysOf(step);
    return ways.length === 1 ? step.next : fork(step, ways, depth, until);
  }

  function fork(step: Step, ways: readonly WayOut[], depth: number, until: string | undefined) {
    const meet = meeting(document, ways, shown);
    for (const { way, to } of ways) {
      rows.push({ row: "way", from: step.key, way, depth: depth + 1 });
      walk(to, depth + 1, meet ?? until);
      // Each way that goes on below says so: before that, another step may be put into it.
      if (meet !== undefined) rows.push({ row: "joins", to: meet, depth: depth + 1 });
    }
    return meet;
  }

  walk(document.start, 0, undefined);
  const lost = document.steps.filter((step) => !shown.has(step.key));
  if (lost.length > 0) rows.push({ row: "unreached" });
  rows.push(...lost.map(({ key }): Row => ({ row: "step", key, depth: 0 })));
  return rows;
}

function stops(step: Step): boolean {
  return step.kind === "end" && !step.only_if;
}

/** Return the first step that every way leads to and that was not met before. */
function meeting(
  document: FlowDocument,
  ways: readonly WayOut[],
  shown: ReadonlySet<string>,
): string | undefined {
  const [first = new Set<string>(), ...others] = ways.map(({ to }) => reachable(document, to));
  const shared = [...first].filter((key) => !shown.has(key) && others.every((reached) => reached.has(key)));
  return shared.find((key) => shared.every((each) => each === key || reachable(document, key).has(each)));
}
