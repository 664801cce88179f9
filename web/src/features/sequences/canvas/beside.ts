// Beside which nodes there is room for words.
import type { Graph } from "@/flow/graph";
import type { Layout } from "@/flow/layout";

/** Return the last node of each row: beside it is room for words, unless a way back leaves or arrives there. */
export function lastInRows(graph: Graph, { boxes }: Layout): ReadonlySet<string> {
  const last: (readonly [string, number])[] = [];
  for (const [id, { x, row }] of boxes) if (x > (last[row]?.[1] ?? -Infinity)) last[row] = [id, x];
  const found = new Set(last.flatMap((each) => (each as typeof each | undefined)?.[0] ?? []));
  for (const { role, from, to } of graph.edges) {
    if (role !== "back") continue;
    found.delete(from);
    found.delete(to);
  }
  return found;
}
