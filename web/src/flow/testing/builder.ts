// What proves that our conditions can be held by react-querybuilder: a condition in its form, and back. Nothing ships it.
// The shapes are RuleGroupType and RuleType by structure.
import type { Condition, Operator, Rule, RuleValue } from "../condition";

export interface BuilderRule {
  readonly id?: string;
  readonly field: string;
  readonly operator: string;
  readonly value: unknown;
  /** How an event is narrowed; other rules have neither. */
  readonly step?: string | null;
  readonly days?: number | null;
}

export interface BuilderGroup {
  readonly id?: string;
  readonly combinator: string;
  readonly not: boolean;
  readonly rules: readonly (BuilderRule | BuilderGroup)[];
}

/** Operators that take no value: a builder keeps one all the same. */
const WITHOUT_VALUE: readonly string[] = ["is_empty", "is_not_empty", "happened", "not_happened"];

function isGroup(entry: BuilderRule | BuilderGroup): entry is BuilderGroup {
  return "rules" in entry;
}

function isCondition(entry: Rule | Condition): entry is Condition {
  return "rules" in entry || !("field" in entry);
}

/** Write a condition as the builder holds it; defaults are spelled out. */
export function toBuilder(condition: Condition): BuilderGroup {
  return {
    combinator: condition.combinator ?? "and",
    not: condition.negated ?? false,
    rules: (condition.rules ?? []).map((entry) => (isCondition(entry) ? toBuilder(entry) : toRule(entry))),
  };
}

function toRule(rule: Rule): BuilderRule {
  const written = { field: rule.field, operator: rule.operator, value: rule.value ?? null };
  return {
    ...written,
    ...(rule.step == null ? {} : { step: rule.step }),
    ...(rule.days == null ? {} : { days: rule.days }),
  };
}

/**
 * Read what the builder holds; what has its default is left away, as the server writes it.
 *
 * A value that no rule can have becomes a missing one, which the server names by its path.
 */
export function fromBuilder(group: BuilderGroup): Condition {
  return {
    ...(group.combinator === "or" ? { combinator: "or" as const } : {}),
    ...(group.not ? { negated: true } : {}),
    rules: group.rules.map((entry) => (isGroup(entry) ? fromBuilder(entry) : fromRule(entry))),
  };
}

function fromRule(rule: BuilderRule): Rule {
  const value = WITHOUT_VALUE.includes(rule.operator) ? null : valueOf(rule.value);
  return {
    field: rule.field,
    operator: rule.operator as Operator,
    ...(value === null ? {} : { value }),
    ...(rule.step == null || rule.step === "" ? {} : { step: rule.step }),
    ...(rule.days == null ? {} : { days: rule.days }),
  };
}

function valueOf(value: unknown): RuleValue {
  if (Array.isArray(value)) return value.filter(isListed);
  return typeof value === "boolean" || isListed(value) ? value : null;
}

function isListed(value: unknown): value is string | number {
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}
