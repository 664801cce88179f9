// Steps on the clipboard: copied out of one flow as text, pasted into the same or another one with keys of their own.
import type { FlowDocument, Step } from "./document";
import { insertAll, mainWay } from "./edits";
import { inOrder } from "./outline";
import { withReferences } from "./references";
import type { Slot } from "./ways";
import { onwards, rewired, stepAt, waysOf } from "./ways";
import { isStep } from "./stepShape";

/** Copied steps, the first to come first. Their ways lead among themselves, to an end (null) or out (`OPEN`). */
export interface Clip {
  readonly format: typeof FORMAT;
  readonly version: typeof VERSION;
  /** Which flow they are from; "" where nobody said. Steps that they name are still there when it is the same. */
  readonly from: string;
  readonly steps: readonly Step[];
}

const FORMAT = "drumbeat-steps";
const VERSION = 1;
const OPEN = "";
const MOST_STEPS = 500;
const LONGEST_CLIP = 4_000_000;
const MISSING = "not_copied";

/** Copy steps. A way through steps that are not copied goes on to the next that is. `from` names the flow. */
export function copied(document: FlowDocument, keys: readonly string[], from = ""): Clip {
  const kept = new Set(keys);
  const steps = inOrder(document)
    .filter((key) => kept.has(key))
    .flatMap((key) => stepAt(document, key) ?? [])
    .map((step) => rewired(step, (way, to) => (way === "target" ? to : along(document, to, kept))));
  return { format: FORMAT, version: VERSION, from, steps };
}

/** Follow the way that most people take to the next step that is kept. */
function along(document: FlowDocument, to: string | null, kept: ReadonlySet<string>): string | null {
  if (to === null) return null;
  const passed = new Set<string>();
  let key: string | null = to;
  while (key !== null && !kept.has(key) && !passed.has(key)) {
    passed.add(key);
    key = behind(stepAt(document, key));
  }
  return key !== null && kept.has(key) ? key : OPEN;
}

function behind(step: Step | undefined): string | null {
  return step === undefined || onwards(step).length === 0 ? null : mainWay(step);
}

/** Write a clip as the text that goes onto the clipboard. */
export function clipText(clip: Clip): string {
  return JSON.stringify(clip);
}

/** Read a clip from any text; undefined when it is none, or one with steps that this release does not know. */
export function parseClip(text: string): Clip | undefined {
  if (text.length > LONGEST_CLIP) return undefined;
  const read = plain(text);
  return isClip(read) && areWhole(read.steps) ? read : undefined;
}

function plain(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isClip(read: unknown): read is Clip {
  if (typeof read !== "object" || read === null) return false;
  const { format, version, from, steps } = read as Partial<Record<keyof Clip, unknown>>;
  const isOurs = format === FORMAT && version === VERSION && typeof from === "string";
  return isOurs && Array.isArray(steps) && fits(steps.length) && steps.every(isStep);
}

function fits(count: number): boolean {
  return count > 0 && count <= MOST_STEPS;
}

/** Tell whether keys are unique and each way leads to one of the steps, to an end or out. */
function areWhole(steps: readonly Step[]): boolean {
  const keys = new Set<string | null>(steps.map(({ key }) => key));
  if (keys.size < steps.length) return false;
  const leads = steps.flatMap(waysOf).filter(({ way }) => way !== "target");
  return leads.every(({ to }) => to === null || to === OPEN || keys.has(to));
}

export interface Pasted {
  readonly document: FlowDocument;
  /** The keys of the new steps, in their order. */
  readonly keys: readonly string[];
  /** Those of them that name a step which was not copied. */
  readonly lost: readonly string[];
}

/**
 * Put the steps of a clip into a slot; what came there follows them. Each has a new key, and all that names one of
 * them names the new one. What they name besides is kept where the clip is from this flow (`into`) and has it.
 */
export function pasted(
  document: FlowDocument,
  slot: Slot,
  clip: Clip,
  keyFor: (step: Step) => string,
  into = "",
): Pasted {
  const keys = new Map(clip.steps.map((step) => [step.key, keyFor(step)]));
  const there = new Set(into !== "" && clip.from === into ? document.steps.map(({ key }) => key) : []);
  const missing = unused(document, [...keys.values()]);
  const lost = new Set<string>();
  const steps = strung(clip.steps).map((step) => {
    const key = keys.get(step.key) ?? step.key;
    const lead = (named: string) => {
      const found = keys.get(named) ?? (there.has(named) ? named : undefined);
      if (found === undefined) lost.add(key);
      return found;
    };
    const led = rewired(step, (way, to) => (way === "target" || to === null ? to : (keys.get(to) ?? to)));
    return { ...withReferences(led, lead, missing), key };
  });
  const made = steps.map(({ key }) => key);
  return { document: insertAll(document, slot, steps, OPEN), keys: made, lost: [...lost] };
}

function unused(document: FlowDocument, others: readonly string[]): string {
  const taken = new Set([...others, ...document.steps.map(({ key }) => key)]);
  let name = MISSING;
  while (taken.has(name)) name += "_";
  return name;
}

/** Let pieces that do not hang together follow each other; what nothing goes on behind comes last. */
function strung(steps: readonly Step[]): readonly Step[] {
  const piece: FlowDocument = { format: 1, start: null, steps };
  const inner = new Set(steps.flatMap(onwards));
  const heads = steps.filter(({ key }) => !inner.has(key));
  const regions = (heads.length > 0 ? heads : steps.slice(0, 1)).map(({ key }) => within(piece, key));
  const led = new Map(steps.map((step) => [step.key, step]));
  for (const region of regions) leaveOpen(led, region);
  const [first, ...others] = [
    ...regions.filter((region) => isOpen(led, region)),
    ...regions.filter((region) => !isOpen(led, region)),
  ];
  const placed = new Set(first);
  for (const region of others) {
    const [head = ""] = region;
    const joint = meetingOf(piece, region, placed) ?? OPEN;
    for (const key of placed) {
      relead(led, key, (to) => (to === joint ? head : to));
    }
    for (const key of region) placed.add(key);
  }
  const order = [...placed, ...steps.map(({ key }) => key)];
  return [...new Set(order)].flatMap((key) => led.get(key) ?? []);
}

type Led = Map<string, Step>;

function relead(led: Led, key: string, lead: (to: string | null) => string | null): void {
  const step = led.get(key);
  if (step !== undefined)
    led.set(
      key,
      rewired(step, (way, to) => (way === "target" ? to : lead(to))),
    );
}

/** List what can be reached from a step by going on, itself first. */
function within(piece: FlowDocument, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open: (string | null)[] = [from];
  while (open.length > 0) {
    const step = stepAt(piece, open.pop() ?? null);
    if (step === undefined || found.has(step.key)) continue;
    found.add(step.key);
    open.push(...onwards(step).toReversed());
  }
  return found;
}

function isOpen(led: Led, region: ReadonlySet<string>): boolean {
  return [...region].some((key) => {
    const step = led.get(key);
    return step !== undefined && onwards(step).includes(OPEN);
  });
}

/** Let a piece that only ends go on where it ends: it was the last of its flow. */
function leaveOpen(led: Led, region: ReadonlySet<string>): void {
  if (isOpen(led, region)) return;
  for (const key of region) relead(led, key, (to) => to ?? OPEN);
}

/** Return the first step that a piece shares with those placed before; undefined when it shares none. */
function meetingOf(
  piece: FlowDocument,
  region: ReadonlySet<string>,
  placed: ReadonlySet<string>,
): string | undefined {
  const shared = [...region].filter((key) => placed.has(key));
  return (
    shared.find((key) => shared.every((other) => other === key || !within(piece, other).has(key))) ??
    shared[0]
  );
}
