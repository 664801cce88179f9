// A step in parts that are merged one by one: what it says, field by field, and where each of its ways leads.
import { entriesOf } from "./branches";
import type { FlowDocument, Step } from "./document";
import { pruned, same } from "./fields";
import { stepAt } from "./ways";

type Fields = Readonly<Record<string, unknown>>;
type Entry = Fields & { readonly name: string; readonly next: string | null };

export interface Parts {
  readonly step: Step;
  /** `delay`, `content.subject`, `ways.0.condition`: a path and what stands there. */
  readonly fields: ReadonlyMap<string, unknown>;
  /** The ways that it names itself, in their order, by names that stay when they are renamed. */
  readonly entries: readonly string[];
  /** `next`, `timed_out`, `ways.0`: where each leads. */
  readonly ways: ReadonlyMap<string, string | null>;
}

const WAYS: ReadonlySet<string> = new Set(["next", "timed_out", "qualified", "unqualified"]);
const LISTS: ReadonlySet<string> = new Set(["branches", "arms"]);
const NESTED: ReadonlySet<string> = new Set(["content", "hints"]);
/** A text, its HTML and its MJML are forms of one thing. */
const BODY = ["text", "html", "mjml"];

const ENTRY = "ways.";

export function isEntry(way: string): boolean {
  return way.startsWith(ENTRY);
}

/** Return which of these ways a field is about. */
export function entryOf(path: string, entries: Iterable<string>): string | undefined {
  for (const id of entries) {
    if (path.startsWith(`${id}.`) && !path.slice(id.length + 1).includes(".")) return id;
  }
  return undefined;
}

/** Take a step apart. `base` is what it was before, so that its ways are recognised. */
export function partsOf(step: Step, base: Step = step): Parts {
  const plain = Object.entries(step).filter(([name]) => name !== "key" && !LISTS.has(name));
  const fields = plain.filter(([name]) => !WAYS.has(name)).flatMap(([name, value]) => inParts(name, value));
  const ways = plain.filter(([name]) => WAYS.has(name)) as [string, string | null][];
  const list = entriesOf(step) as readonly unknown[] as readonly Entry[];
  const entries = namesOf(
    list,
    entriesOf(base).map(({ name }) => name),
  );
  for (const [index, { next, ...said }] of list.entries()) {
    const id = entries[index] ?? "";
    ways.push([id, next]);
    fields.push(...Object.entries(said).map(([field, value]): Part => [`${id}.${field}`, value]));
  }
  return { step, fields: new Map(fields), entries, ways: new Map(ways) };
}

type Part = readonly [string, unknown];

function inParts(name: string, value: unknown): Part[] {
  if (!NESTED.has(name)) return [[name, value]];
  const inner = Object.entries((value ?? {}) as Fields);
  const isBody = ([field]: Part) => name === "content" && BODY.includes(field);
  const body = inner.filter(isBody);
  const others = inner
    .filter((part) => !isBody(part))
    .map(([field, each]): Part => [`${name}.${field}`, each]);
  return body.length > 0 ? [...others, [`${name}.body`, Object.fromEntries(body)]] : others;
}

/** Name each entry: as the one of the base with its name, else as the one at its place, else as a new one. */
function namesOf(entries: readonly Entry[], base: readonly string[]): readonly string[] {
  const taken = new Set<number>();
  const byName = entries.map(({ name }) => {
    const at = base.findIndex((each, index) => each === name && !taken.has(index));
    if (at >= 0) taken.add(at);
    return at;
  });
  const found = new Set<string>();
  return entries.map(({ name }, index) => {
    const known = byName[index] ?? -1;
    const isRenamed = known < 0 && index < base.length && !taken.has(index);
    let id = known >= 0 || isRenamed ? `${ENTRY}${isRenamed ? index : known}` : `${ENTRY}+${name}`;
    while (found.has(id)) id += "+";
    found.add(id);
    return id;
  });
}

/** Put a step together again; fields without a value are left away. */
export function stepOf(like: Step, { fields, entries, ways }: Omit<Parts, "step">): Step {
  const step: Record<string, unknown> = { key: like.key };
  const said = [...fields].filter(([path, value]) => value !== undefined && !isEntry(path));
  for (const [path, value] of said) put(step, path, value);
  for (const [way, to] of ways) {
    if (!isEntry(way)) step[way] = to;
  }
  if (entries.length > 0) {
    step[like.kind === "split" ? "arms" : "branches"] = entries.map((id) => ({
      ...entryFields(fields, id),
      next: ways.get(id) ?? null,
    }));
  }
  return pruned(step as unknown as Step);
}

function put(step: Record<string, unknown>, path: string, value: unknown): void {
  const [name = "", field] = path.split(".");
  if (field === undefined) step[name] = value;
  else {
    const inner = field === "body" ? (value as Fields) : { [field]: value };
    step[name] = { ...(step[name] as Fields | undefined), ...inner };
  }
}

function entryFields(fields: Parts["fields"], id: string): Fields {
  const own = [...fields].filter(([path, value]) => value !== undefined && entryOf(path, [id]) === id);
  return Object.fromEntries(own.map(([path, value]) => [path.slice(id.length + 1), value]));
}

/** Tell whether two states of a step say the same, wherever they lead. */
export function saysSame(one: Parts, other: Parts): boolean {
  const paths = new Set([...one.fields.keys(), ...other.fields.keys()]);
  return (
    same(one.entries, other.entries) &&
    [...paths].every((path) => same(one.fields.get(path), other.fields.get(path)))
  );
}

/** List the steps that one flow has and the other has not, or that say something else there. */
export function stepsChanged(before: FlowDocument, after: FlowDocument): readonly string[] {
  const keys = new Set([...after.steps, ...before.steps].map(({ key }) => key));
  return [...keys].filter((key) => {
    const [was, is] = [stepAt(before, key), stepAt(after, key)];
    return was === undefined || is === undefined || !saysSame(partsOf(was), partsOf(is, was));
  });
}
