// What is different between two flows: the steps, each of their fields, and each way that leads elsewhere.
import { entriesOf } from "./branches";
import type { FlowDocument, Step } from "./document";
import { same } from "./fields";
import { inOrder } from "./outline";
import { isEntry, partsOf, type Parts } from "./parts";
import { reachable, stepAt } from "./ways";

type To = string | null;
export type ChangeKind = "added" | "removed" | "changed" | "moved";

/** `path` as in `content.subject`, `only_if` or `condition` of the way `of`; a side that says nothing is undefined. */
export interface FieldChange {
  readonly path: string;
  /** The name of the way that it is about. */
  readonly of?: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A way that leads elsewhere; undefined: there was or is no such way. `next`, `timed_out`, or one with a name. */
export interface WayChange {
  /** null: the start of the flow. */
  readonly step: To;
  readonly way: string;
  readonly name: string;
  /** How the drawing of `after` calls it; undefined where it is gone. */
  readonly drawn: string | undefined;
  readonly before: To | undefined;
  readonly after: To | undefined;
  /** It does not follow from steps that came, went or changed places. */
  readonly news: boolean;
}

/** Places count from 1, as the flow is read. */
export interface StepChange {
  readonly key: string;
  readonly kind: ChangeKind;
  /** As it is now; as it was, where it is gone. */
  readonly step: Step;
  readonly moved: boolean;
  readonly placeBefore: number | undefined;
  readonly placeAfter: number | undefined;
  readonly fields: readonly FieldChange[];
  /** Its ways that are news. */
  readonly ways: readonly WayChange[];
}

export interface Comparison {
  /** In the order in which people read them, steps that are gone where they stood. */
  readonly steps: readonly StepChange[];
  /** Every way that leads elsewhere. */
  readonly ways: readonly WayChange[];
}

/** Compare two flows; steps are the same by their key, ways of a step by their name. */
export function compared(before: FlowDocument, after: FlowDocument): Comparison {
  const both = new Both(before, after);
  const ways = [...both.startChange(), ...after.steps.flatMap((step) => both.waysChanged(step))];
  const news = Map.groupBy(
    ways.filter((way) => way.news),
    ({ step }) => step,
  );
  const steps = both.keys().flatMap((key) => both.stepChanged(key, news.get(key) ?? []));
  return { steps, ways };
}

class Both {
  private readonly was: readonly string[];
  private readonly is: readonly string[];
  private readonly moved: ReadonlySet<string>;

  constructor(
    private readonly before: FlowDocument,
    private readonly after: FlowDocument,
  ) {
    this.was = inOrder(before);
    this.is = inOrder(after);
    const [led, leads] = [reachable(before, before.start), reachable(after, after.start)];
    const left = this.was.filter((key) => led.has(key) && leads.has(key));
    const stayed = longestRun(left, this.is);
    this.moved = new Set(left.filter((key) => !stayed.has(key)));
  }

  /** Every step of either, those that are gone behind the one that they stood behind. */
  keys(): readonly string[] {
    const behind = new Map<string | undefined, string[]>();
    let last: string | undefined;
    for (const key of this.was) {
      if (stepAt(this.after, key) !== undefined) last = key;
      else behind.set(last, [...(behind.get(last) ?? []), key]);
    }
    const first = behind.get(undefined) ?? [];
    return [...first, ...this.is.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
  }

  stepChanged(key: string, ways: readonly WayChange[]): readonly StepChange[] {
    const [was, is] = [stepAt(this.before, key), stepAt(this.after, key)];
    const step = is ?? was;
    if (step === undefined) return [];
    const fields = was && is ? fieldsChanged(was, is) : [];
    const moved = this.moved.has(key);
    const kind = kindOf(was, is, fields.length + ways.length > 0, moved);
    if (kind === undefined) return [];
    const placeBefore = placeIn(this.was, key);
    return [{ key, kind, step, moved, fields, ways, placeBefore, placeAfter: placeIn(this.is, key) }];
  }

  startChange(): readonly WayChange[] {
    const [before, after] = [this.before.start, this.after.start];
    if (before === after) return [];
    const way = { step: null, way: "start", name: "", drawn: "start", before, after };
    return [{ ...way, news: this.isNews(before, after) }];
  }

  /** The ways of a step that both have. */
  waysChanged(is: Step): readonly WayChange[] {
    const was = stepAt(this.before, is.key);
    if (was === undefined) return [];
    const [old, now] = [partsOf(was), partsOf(is, was)];
    return union(old.ways, now.ways).flatMap((way) => {
      const [before, after] = [old.ways.get(way), now.ways.get(way)];
      if (before === after) return [];
      const drawn = now.ways.has(way) ? drawnAs(is, now, way) : undefined;
      const name = nameOf(is, now, way) ?? nameOf(was, old, way) ?? "";
      const goesAlong = way === "next" && this.moved.has(is.key);
      const news = !goesAlong && this.isNews(before, after);
      return [{ step: is.key, way, name, drawn, before, after, news }];
    });
  }

  private isNews(before: To | undefined, after: To | undefined): boolean {
    if (before === undefined || after === undefined) return true;
    return this.settled(this.before, this.after, before) !== this.settled(this.after, this.before, after);
  }

  /** Return where a way leads past the steps that the other flow has not, or has elsewhere. */
  private settled(flow: FlowDocument, other: FlowDocument, to: To): To {
    const passed = new Set<string>();
    let at = to;
    while (at !== null && !passed.has(at) && (stepAt(other, at) === undefined || this.moved.has(at))) {
      passed.add(at);
      at = stepAt(flow, at)?.next ?? null;
    }
    return at;
  }
}

function kindOf(
  was: Step | undefined,
  is: Step | undefined,
  differs: boolean,
  moved: boolean,
): ChangeKind | undefined {
  if (was === undefined) return "added";
  if (is === undefined) return "removed";
  if (differs) return "changed";
  return moved ? "moved" : undefined;
}

function placeIn(keys: readonly string[], key: string): number | undefined {
  const place = keys.indexOf(key);
  return place < 0 ? undefined : place + 1;
}

function union(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}

/** List the fields of a step that say something else, and the order of its ways where that is another. */
function fieldsChanged(was: Step, is: Step): readonly FieldChange[] {
  const [old, now] = [partsOf(was), partsOf(is, was)];
  const fields = union(old.fields, now.fields).flatMap((path): readonly FieldChange[] => {
    const [before, after] = [old.fields.get(path), now.fields.get(path)];
    if (same(before, after)) return [];
    if (path === "content.body") return bodyChanged(before, after);
    if (!isEntry(path)) return [{ path, before, after }];
    const of = nameOf(is, now, path) ?? nameOf(was, old, path) ?? "";
    return [{ path: path.slice(path.lastIndexOf(".") + 1), of, before, after }];
  });
  const stayed = (parts: Parts, other: Parts) => parts.entries.filter((id) => other.entries.includes(id));
  if (same(stayed(old, now), stayed(now, old))) return fields;
  const names = (step: Step) => entriesOf(step).map(({ name }) => name);
  return [...fields, { path: "order", before: names(was), after: names(is) }];
}

/** A text, its HTML and its MJML, each by itself. */
function bodyChanged(before: unknown, after: unknown): readonly FieldChange[] {
  const [old, now] = [before, after].map((body) => (body ?? {}) as Readonly<Record<string, unknown>>);
  return ["text", "html", "mjml"].flatMap((form) => {
    const [was, is] = [old?.[form], now?.[form]];
    return same(was, is) ? [] : [{ path: `content.${form}`, before: was, after: is }];
  });
}

/** Return the place in the list of ways that a way or one of its fields is about. */
function entryAt({ entries }: Parts, path: string): number {
  return entries.findIndex((id) => path === id || (path.startsWith(`${id}.`) && isEntry(path)));
}

function nameOf(step: Step, parts: Parts, path: string): string | undefined {
  return entriesOf(step)[entryAt(parts, path)]?.name;
}

function drawnAs(step: Step, parts: Parts, way: string): string {
  const place = entryAt(parts, way);
  return place < 0 ? way : `${step.kind === "split" ? "arms" : "branches"}.${place}`;
}

/** Return the keys of the longest run that stands in the same order in both. */
function longestRun(before: readonly string[], after: readonly string[]): ReadonlySet<string> {
  const places = new Map(after.map((key, place) => [key, place]));
  // By length the end of the run whose last place is the smallest, and what stands before each.
  const ends: string[] = [];
  const ahead = new Map<string, string | undefined>();
  const at = (key: string | undefined) => places.get(key ?? "") ?? 0;
  for (const key of before) {
    const longer = ends.findIndex((end) => at(end) > at(key));
    const length = longer < 0 ? ends.length : longer;
    ahead.set(key, ends[length - 1]);
    ends[length] = key;
  }
  const run = new Set<string>();
  for (let key = ends.at(-1); key !== undefined; key = ahead.get(key)) run.add(key);
  return run;
}
