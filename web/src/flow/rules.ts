// Edits of a condition by the path to an entry (`[0, 2]` is the third of the first group), and what a rule asks.
import { OPERATORS_OF, type Condition, type Operator, type Rule, type RuleValue } from "./condition";

export type FieldType = keyof typeof OPERATORS_OF;
export type Entry = Rule | Condition;
export type Path = readonly number[];

/** How the value of a rule looks. */
export type Operand = "nothing" | "one" | "many" | "pair" | "days";

const OPERANDS: Partial<Record<Operator, Operand>> = {
  is_empty: "nothing",
  is_not_empty: "nothing",
  happened: "nothing",
  not_happened: "nothing",
  one_of: "many",
  between: "pair",
  within_days: "days",
  before_days: "days",
};

const DAYS_AT_FIRST = 30;
export const DEEPEST = 10;

export function operandOf(operator: Operator): Operand {
  return OPERANDS[operator] ?? "one";
}

export function isRule(entry: Entry): entry is Rule {
  return "field" in entry;
}

/** Start a rule about a field with what is mostly asked of its type, or with the operator that is given. */
export function ruleOn(field: string, type: FieldType, operator: Operator = OPERATORS_OF[type][0]): Rule {
  const value = emptyValue(operandOf(operator), type);
  return value === undefined ? { field, operator } : { field, operator, value };
}

function emptyValue(operand: Operand, type: FieldType): RuleValue | undefined {
  if (operand === "nothing") return undefined;
  if (operand === "days") return DAYS_AT_FIRST;
  if (operand === "many") return [];
  if (operand === "pair") return [];
  return type === "boolean" ? true : type === "number" ? null : "";
}

/** Turn a value into what another operand wants; undefined where it cannot be. Pairs missing here start anew. */
const TURNED: Partial<Record<`${Operand} ${Operand}`, (value: RuleValue) => RuleValue | undefined>> = {
  "one many": (value) => (value === "" || value === null ? undefined : [value as string | number]),
  "many one": (value) => (Array.isArray(value) ? (value as readonly (string | number)[])[0] : undefined),
};

/** Ask another question of the same field; a value that still fits is kept. */
export function askedAs(rule: Rule, type: FieldType, operator: Operator): Rule {
  const asked = { ...ruleOn(rule.field, type, operator), ...narrowingOf(rule) };
  const value = keptValue(rule, operandOf(operator));
  return value === undefined ? asked : { ...asked, value };
}

function keptValue({ operator, value }: Rule, is: Operand): RuleValue | undefined {
  if (value === undefined || is === "nothing") return undefined;
  const was = operandOf(operator);
  return was === is ? value : TURNED[`${was} ${is}`]?.(value);
}

function narrowingOf({ field, step, days }: Rule): Partial<Rule> {
  if (!field.startsWith("event.")) return {};
  return { ...(step != null && { step }), ...(days != null && { days }) };
}

/** Narrow an event to a step or to the last days; null widens it again. */
export function narrowed(rule: Rule, change: { step?: string | null; days?: number | null }): Rule {
  const { step, days, ...rest } = { ...rule, ...change };
  return { ...rest, ...(step != null && { step }), ...(days != null && { days }) };
}

type Edit = (entry: Entry) => Entry | undefined;

/** Change the entry at a path; undefined takes it out, and a group that is empty then goes with it. */
export function putAt(condition: Condition, [index, ...further]: Path, edit: Edit): Condition {
  if (index === undefined) return (edit(condition) ?? { rules: [] }) as Condition;
  const rules = condition.rules ?? [];
  const entry = rules[index];
  if (entry === undefined) return condition;
  const changed = changedWithin(entry, further, edit);
  return {
    ...condition,
    rules: changed === undefined ? rules.toSpliced(index, 1) : rules.with(index, changed),
  };
}

function changedWithin(entry: Entry, path: Path, edit: Edit): Entry | undefined {
  if (path.length === 0 || isRule(entry)) return edit(entry);
  const changed = putAt(entry, path, edit);
  return isBare(changed) ? undefined : changed;
}

function isBare(group: Condition): boolean {
  return (group.rules ?? []).length === 0;
}

export function addAt(condition: Condition, path: Path, added: Entry): Condition {
  return putAt(condition, path, (entry) =>
    isRule(entry) ? entry : { ...entry, rules: [...(entry.rules ?? []), added] },
  );
}

export function removeAt(condition: Condition, path: Path): Condition {
  return putAt(condition, path, () => undefined);
}

/** Set how the entries of a group belong together, and whether it is turned round. */
export function joinAt(condition: Condition, path: Path, join: Join): Condition {
  return putAt(condition, path, (entry) => {
    if (isRule(entry)) return entry;
    return withJoin(entry, join);
  });
}

/** All hold, any holds, not all hold, none holds. */
export type Join = "all" | "any" | "not_all" | "none";

export function joinOf({ combinator = "and", negated = false }: Condition): Join {
  if (combinator === "or") return negated ? "none" : "any";
  return negated ? "not_all" : "all";
}

function withJoin({ rules = [] }: Condition, join: Join): Condition {
  const isAny = join === "any" || join === "none";
  const isTurned = join === "not_all" || join === "none";
  return { ...(isAny && { combinator: "or" }), ...(isTurned && { negated: true }), rules };
}

/** List the rules with their paths, in reading order. */
export function rulesOf(condition: Condition, path: Path = []): readonly { rule: Rule; path: Path }[] {
  return (condition.rules ?? []).flatMap((entry, index) =>
    isRule(entry) ? [{ rule: entry, path: [...path, index] }] : rulesOf(entry, [...path, index]),
  );
}

/** Tell whether a rule says with what it compares. */
export function isComplete({ operator, value }: Rule): boolean {
  const operand = operandOf(operator);
  if (operand === "nothing") return true;
  if (!Array.isArray(value)) return value != null && value !== "";
  return operand === "pair" ? value.length === 2 && !value.includes("") : value.length > 0;
}

/** Write a path as problems do: `rules[0].rules[2]`. */
export function pathWords(path: Path): string {
  return path.map((index) => `rules[${index}]`).join(".");
}
