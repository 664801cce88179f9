// Flows by chance, the same in each run: steps of every kind, and edits one after the other.
import { addEntry, entriesOf, removeEntry, shiftEntry } from "../branches";
import type { Condition } from "../condition";
import type { FlowDocument, Kind, Step } from "../document";
import * as edits from "../edits";
import { KINDS } from "../fields";
import { inOrder, places } from "../outline";
import { connect } from "../slots";
import { reachable, stepAt } from "../ways";

export type Random = () => number;

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
export function chance(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Each>(list: readonly Each[], random: Random): Each | undefined {
  return list[Math.floor(random() * list.length)];
}

const NAMED = ["A", "B"].map((name) => ({ name, next: null }));

/** Return what makes keys that neither the document has nor itself made before. */
export function keysFor(document: FlowDocument, random: Random): (step: { readonly kind: Kind }) => string {
  const taken = document.steps.map((step) => step.key);
  return ({ kind }) => {
    const made = edits.newKey(kind, taken, random);
    taken.push(made);
    return made;
  };
}

function askAbout(step: string | undefined): Condition {
  const rule = { field: "event.replied", operator: "happened" } as const;
  return { rules: [step === undefined ? rule : { ...rule, step }, { rules: [rule] }] };
}

type Own = Readonly<Record<string, unknown>>;

/** What a step of a kind says; `other` is a step that it may name. */
const SAYS: Partial<Record<Kind, (key: string, other: string | undefined) => Own>> = {
  split: () => ({ arms: NAMED.map((arm, index) => ({ ...arm, weight: 50 + index })) }),
  ai_decide: () => ({ branches: NAMED.map((each) => ({ ...each, description: each.name })) }),
  condition: (_, other) => ({ branches: NAMED.map((each) => ({ ...each, condition: askAbout(other) })) }),
  go_to: (_, other) => ({ target: other ?? "", max_rounds: 2 }),
  email: (key) => ({ content: { subject: key, text: `Hello from ${key}` } }),
  task: (key) => ({ title: key, text: key }),
  sms: (key) => ({ text: key }),
  wait_for: () => ({ event: "clicked" }),
};

/** Make a step of a kind that names others where its kind can. */
export function anyStep(kind: Kind, key: string, document: FlowDocument, random: Random): Step {
  const other = pick(document.steps, random)?.key;
  const detour = other === undefined ? {} : { kind: "step" as const, step: other };
  return edits.newStep(kind, key, {
    delay: pick(["0m", "4h", "2d", "3wd"], random) ?? "0m",
    ...SAYS[kind]?.(key, other),
    only_if: random() < 0.2 ? askAbout(other) : null,
    on_skip: random() < 0.2 ? detour : {},
    on_failure: random() < 0.1 ? detour : {},
  });
}

/** Edit a flow once, as a person might. */
export function anyEdit(document: FlowDocument, random: Random): FlowDocument {
  const slot = pick(places(document), random);
  const key = pick(document.steps, random)?.key ?? "";
  const held = stepAt(document, key);
  const index = Math.floor(random() * 2);
  const keyFor = keysFor(document, random);
  const begun = (kind: Kind) => anyStep(kind, keyFor({ kind }), document, random);
  const acts = [
    () => (slot ? edits.insert(document, slot, begun(pick(KINDS, random) ?? "email")) : document),
    () => (slot ? edits.insert(document, slot, begun("condition")) : document),
    () => edits.remove(document, key),
    () => edits.duplicate(document, key, keyFor),
    () => edits.moveBy(document, key, index === 0 ? 1 : -1),
    () => (slot ? edits.move(document, key, slot) : document),
    () => (held && entriesOf(held).length > 0 ? removeEntry(document, key, index) : document),
    () => addEntry(document, key, { name: `N${Math.floor(random() * 1e6)}`, condition: {} }, null),
    () => shiftEntry(document, key, index, 1),
    () => edits.change(document, key, { name: `name ${Math.floor(random() * 1e6)}` }),
    () => edits.change(document, key, { delay: pick(["1d", "5d", "1w"], random) ?? "1d" }),
    () => (slot ? connect(document, slot, null) : document),
  ];
  return pick(acts, random)?.() ?? document;
}

/** Grow a flow of branching steps, each of which can be reached. */
export function anyFlow(random: Random, size = 12, kinds: readonly Kind[] = KINDS): FlowDocument {
  let document = edits.EMPTY;
  for (let tries = 0; document.steps.length < size && tries < size * 4; tries++) {
    const slot = pick(places(document), random);
    if (slot === undefined) break;
    const kind = pick(kinds, random) ?? "email";
    const key = edits.newKey(kind, inOrder(document), random);
    const grown = edits.insert(document, slot, anyStep(kind, key, document, random));
    if (reachable(grown, grown.start).size === grown.steps.length) document = grown;
  }
  return document;
}
