// A step with everything that hangs on its ways, up to where they meet again: what is moved and copied as one.
import type { FlowDocument, Step } from "./document";
import { onwards, stepAt, waysOf } from "./ways";

/** `exit` is where the flow goes on below; null is its end, undefined: nothing goes on below. */
export interface Block {
  readonly keys: ReadonlySet<string>;
  readonly exit: string | null | undefined;
}

/** Tell whether a step opens several ways. A go-to does not: what it leads back to stands above. */
export function forks(step: Step): boolean {
  return step.kind !== "go_to" && waysOf(step).length > 1;
}

export function blockOf(document: FlowDocument, key: string): Block {
  const step = stepAt(document, key);
  if (step === undefined || !forks(step)) {
    return { keys: new Set([key]), exit: step === undefined ? undefined : onwards(step)[0] };
  }
  const exit = meeting(document, step);
  const found = ahead(document, onwards(step), exit);
  const keys = new Set([key, ...[...found].filter((each) => each !== null)]);
  return { keys: closed(document, keys, key), exit };
}

/**
 * Return where the ways of a step come together: the nearest step that each way which goes on has to pass,
 * null where that is the end of the flow, undefined where no way goes on.
 */
export function meeting(document: FlowDocument, step: Step): string | null | undefined {
  const ways = onwards(step)
    .map((to) => ({ to, reached: ahead(document, [to]) }))
    .filter(({ reached }) => reached.has(null));
  const [first, ...others] = ways;
  if (first === undefined) return undefined;
  const passed = [...first.reached].filter(
    (key) =>
      key !== step.key &&
      others.every(({ reached }) => reached.has(key)) &&
      (key === null || ways.every(({ to }) => !ahead(document, [to], key).has(null))),
  );
  return passed.find((key) => key !== null && follows(document, key, passed)) ?? null;
}

function follows(document: FlowDocument, key: string, others: readonly (string | null)[]): boolean {
  const reached = ahead(document, [key]);
  return others.every((other) => reached.has(other));
}

/** Return what lies ahead, the end of the flow as null; the walk does not enter `until`. */
export function ahead(
  document: FlowDocument,
  from: readonly (string | null)[],
  until?: string | null,
): ReadonlySet<string | null> {
  const found = new Set<string | null>();
  const open = from.toReversed();
  while (open.length > 0) {
    const key = open.pop() ?? null;
    if (found.has(key) || (until !== undefined && key === until)) continue;
    const step = stepAt(document, key);
    found.add(step === undefined ? null : step.key);
    if (step !== undefined) open.push(...onwards(step).toReversed());
  }
  return found;
}

/** Return every step that leads to one, itself included: one walk, however long the flow is. */
export function comingTo(document: FlowDocument, key: string): ReadonlySet<string> {
  const before = new Map<string | null, string[]>();
  for (const step of document.steps)
    for (const to of onwards(step)) before.set(to, [...(before.get(to) ?? []), step.key]);
  const found = new Set<string>();
  const open = [key];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(before.get(next) ?? []));
  }
  return found;
}

/** Leave out what steps outside lead to as well: it belongs to both. */
function closed(document: FlowDocument, keys: ReadonlySet<string>, head: string): ReadonlySet<string> {
  const shared = document.steps
    .filter((step) => !keys.has(step.key))
    .flatMap((step) => onwards(step))
    .concat(document.start);
  const own = new Set([...keys].filter((key) => key === head || !shared.includes(key)));
  return own.size === keys.size ? own : closed(document, own, head);
}
