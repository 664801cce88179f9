// What starts a sequence and what stops it, as JSON. Mirrors core/triggers.
import type { Condition } from "./condition";
import type { Kind } from "./document";
import { isComplete, rulesOf } from "./rules";

/** What the `name` of an event stands for. */
export type Narrowing = "field" | "tag" | "list" | "stage" | "form" | "sequence" | "hook" | "event";

/** What happens, in the groups and order in which people look for it. */
export const EVENT_GROUPS = {
  contact: [
    "contact_created",
    "contact_updated",
    "field_changed",
    "stage_changed",
    "tag_added",
    "tag_removed",
    "list_joined",
    "list_left",
  ],
  answers: ["form_submitted", "replied", "clicked", "opened"],
  work: ["meeting_booked", "meeting_cancelled", "call_logged", "converted", "task_completed"],
  time: ["date_reached", "sequence_finished"],
  outside: ["webhook_received", "custom"],
} as const;

export type EventGroup = keyof typeof EVENT_GROUPS;
export type TriggerEvent = (typeof EVENT_GROUPS)[EventGroup][number];

export const NARROWED_BY: Partial<Record<TriggerEvent, Narrowing>> = {
  field_changed: "field",
  tag_added: "tag",
  tag_removed: "tag",
  list_joined: "list",
  list_left: "list",
  stage_changed: "stage",
  form_submitted: "form",
  sequence_finished: "sequence",
  date_reached: "field",
  webhook_received: "hook",
  custom: "event",
};

/** `name` narrows it; left out is any. `days` after the date, before it if negative. */
export interface Happening {
  readonly event: TriggerEvent;
  readonly name?: string;
  readonly days?: number;
}

/** That a condition turns true. */
export interface Becomes {
  readonly becomes: Condition;
}

export type Entry = Happening | Becomes;

/** Any entry comes about, and all conditions hold. */
export interface Trigger {
  readonly any: readonly Entry[];
  readonly all?: Condition | null;
}

/** What is done once when a stop rule has ended a sequence: a step without its place in a flow. */
export type StopAction = { readonly kind: Kind } & Readonly<Record<string, unknown>>;

export interface StopWhen extends Trigger {
  readonly actions?: readonly StopAction[];
}

export const ACTION_KINDS = [
  "tag",
  "list",
  "set_stage",
  "set_field",
  "notify",
  "task",
  "other_sequence",
  "webhook",
  "suppress",
] as const satisfies readonly Kind[];

/** What an entry is: an event, or `becomes`. */
export type EntryKind = TriggerEvent | "becomes";

export const MOST_ENTRIES = 20;

export function isBecomes(entry: Entry): entry is Becomes {
  return "becomes" in entry;
}

export function kindOf(entry: Entry): EntryKind {
  return isBecomes(entry) ? "becomes" : entry.event;
}

/** What a condition asks first: a rule that waits for its value. */
export const FIRST_RULE: Condition = { rules: [{ field: "stage", operator: "equals", value: "" }] };

/** Turn an entry into another kind; a name stays where it means the same. */
export function entryOn(kind: EntryKind, before?: Entry): Entry {
  if (kind === "becomes") return { becomes: FIRST_RULE };
  const kept = before !== undefined && !isBecomes(before) ? before : undefined;
  const keepsName =
    kept?.name !== undefined && NARROWED_BY[kept.event] === NARROWED_BY[kind] && kind !== "date_reached";
  return { event: kind, ...(keepsName && { name: kept.name }) };
}

export function addEntry<Rule extends Trigger>(rule: Rule, entry: Entry): Rule {
  return { ...rule, any: [...rule.any, entry] };
}

export function putEntry<Rule extends Trigger>(rule: Rule, index: number, entry: Entry): Rule {
  return { ...rule, any: rule.any.with(index, entry) };
}

export function removeEntry<Rule extends Trigger>(rule: Rule, index: number): Rule {
  return { ...rule, any: rule.any.toSpliced(index, 1) };
}

/** Tell whether everything says what it needs to. */
export function isWhole({ any, all, actions = [] }: StopWhen): boolean {
  const isAllWhole = all == null || isUnasked(all) || isConditionWhole(all);
  return any.length > 0 && any.every(isEntryWhole) && isAllWhole && actions.every(isActionWhole);
}

function isEntryWhole(entry: Entry): boolean {
  if (isBecomes(entry)) return isConditionWhole(entry.becomes);
  return entry.event !== "date_reached" || (entry.name ?? "") !== "";
}

/** What an action cannot do without: one of these fields. */
const SAID_BY: Partial<Record<Kind, readonly string[]>> = {
  tag: ["tag"],
  list: ["list"],
  set_stage: ["stage"],
  set_field: ["field"],
  notify: ["text"],
  task: ["title", "text"],
  other_sequence: ["sequence"],
  webhook: ["url"],
};

/** Tell whether what is done after the end says what it needs to. */
export function isActionWhole(action: StopAction): boolean {
  const said = (field: string) => {
    const value = action[field];
    return typeof value === "string" && value.trim() !== "";
  };
  return SAID_BY[action.kind]?.some(said) ?? true;
}

/** Tell whether a condition asks anything, and says with what it compares. */
export function isConditionWhole(condition: Condition): boolean {
  return !isUnasked(condition) && rulesOf(condition).every(({ rule }) => isComplete(rule));
}

/** Tell whether a condition asks nothing. */
export function isUnasked(condition: Condition): boolean {
  return rulesOf(condition).length === 0;
}

/** Return the rule as it is sent: without what says nothing. */
export function written({ any, all, ...rest }: StopWhen): StopWhen {
  return {
    ...rest,
    any: any.map((entry) => (isBecomes(entry) ? entry : writtenHappening(entry))),
    ...(all != null && !isUnasked(all) && { all }),
  };
}

function writtenHappening({ event, name = "", days = 0 }: Happening): Happening {
  return { event, ...(name.trim() !== "" && { name: name.trim() }), ...(days !== 0 && { days }) };
}
