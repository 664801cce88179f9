// Bringing together what two people wrote of one rule: by its parts where they differ, by nothing where they clash.
import { same } from "@/flow/fields";

interface Met {
  readonly value: unknown;
}

/** Return the value with what both did since `base`; undefined where a person must choose. */
export function met<Value>(base: Value, mine: Value, theirs: Value): { readonly value: Value } | undefined {
  return together(base, mine, theirs) as { readonly value: Value } | undefined;
}

function together(base: unknown, mine: unknown, theirs: unknown): Met | undefined {
  if (same(mine, theirs) || same(base, mine)) return { value: theirs };
  if (same(base, theirs)) return { value: mine };
  const all = [base, mine, theirs] as const;
  if (all.every(isList)) return lists(...(all as Three<List>));
  return all.every(isRecord) ? records(...(all as Three<Fields>)) : undefined;
}

type Three<Value> = readonly [Value, Value, Value];
type List = readonly unknown[];

type Fields = Readonly<Record<string, unknown>>;

function records(base: Fields, mine: Fields, theirs: Fields): Met | undefined {
  const names = new Set([base, mine, theirs].flatMap(Object.keys));
  const merged = [...names].map((name) => [name, together(base[name], mine[name], theirs[name])] as const);
  if (merged.some(([, part]) => part === undefined)) return undefined;
  const kept = merged.filter(([, part]) => part?.value !== undefined);
  return { value: Object.fromEntries(kept.map(([name, part]) => [name, part?.value])) };
}

/** What one of them took away or wrote anew is so, unless both did that with the same item. */
function lists(base: List, mine: List, theirs: List): Met | undefined {
  const [taken, added] = [without(base, mine), without(mine, base)];
  const [takenThere, addedThere] = [without(base, theirs), without(theirs, base)];
  const isMoved = (gone: List, come: List) => gone.length + come.length === 0;
  if (isMoved(taken, added) || isMoved(takenThere, addedThere)) return undefined;
  const byBoth = taken.length - without(taken, takenThere).length;
  if (byBoth > 0 && added.length + addedThere.length > 0) return undefined;
  return { value: [...without(theirs, taken), ...without(added, addedThere)] };
}

/** Return the items that are not among `others`, each of which takes away one. */
function without(items: List, others: List): List {
  const left = [...others];
  return items.filter((item) => {
    const at = left.findIndex((other) => same(item, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function isList(value: unknown): value is List {
  return Array.isArray(value);
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
