// A condition in words: what stands on the line and in a summary.
import type { TFunction } from "i18next";
import type { OwnField } from "@/api/flowNames";
import type { Condition, Operator, Rule } from "@/flow/condition";
import { isComplete, isRule, joinOf, operandOf, type Entry, type FieldType } from "@/flow/rules";
import { eventOf, isContactField, typeOf } from "./fields";

type T = TFunction<"conditions">;
/** The texts of conditions are part of those of sequences. */
type Says = T | TFunction<"sequences">;

export interface Known {
  readonly fields: readonly OwnField[];
  /** Name a step of the flow that the condition stands in. */
  readonly titleOf?: (step: string) => string | undefined;
}

export function fieldWords(says: Says, field: string, own: readonly OwnField[]): string {
  const t = says as T;
  if (field === "tag" || field === "list") return t(`fieldName.${field}`);
  if (isContactField(field)) return t(`fieldName.${field}`);
  const event = eventOf(field);
  if (event !== undefined) return t(`event.${event}`);
  return own.find((each) => each.field === field)?.label ?? field;
}

/** Say what an operator asks of a type: *is more than* of numbers is *is after* of days. */
export function operatorWords(t: T, operator: Operator, type: FieldType): string {
  if (type === "names") return t(`nameOperator.${operator as "equals"}`);
  if (type === "date") return t(`dateOperator.${operator as "equals"}`);
  return t(`operator.${operator}`);
}

/** Say what a whole condition asks: *stage is “won” and has replied*. */
export function conditionWords(says: Says, condition: Condition, known: Known): string {
  const t = says as T;
  const rules = condition.rules ?? [];
  if (rules.length === 0) return t(condition.negated === true ? "sentence.nobody" : "sentence.everybody");
  const join = joinOf(condition);
  const word = join === "all" || join === "not_all" ? "and" : "or";
  const joined = rules.map((entry) => entryWords(t, entry, known)).join(t(`sentence.${word}`));
  return join === "none" || join === "not_all" ? t("sentence.not", { what: joined }) : joined;
}

function entryWords(t: T, entry: Entry, known: Known): string {
  if (isRule(entry)) return ruleWords(t, entry, known);
  const words = conditionWords(t, entry, known);
  return (entry.rules?.length ?? 0) > 1 ? `(${words})` : words;
}

function ruleWords(t: T, rule: Rule, known: Known): string {
  const event = eventOf(rule.field);
  if (event !== undefined) return eventWords(t, rule, known);
  const type = typeOf(rule.field, known.fields);
  const parts = [fieldWords(t, rule.field, known.fields), operatorWords(t, rule.operator, type)];
  return [...parts, ...valueWords(t, rule)].join(" ");
}

function eventWords(t: T, rule: Rule, { titleOf }: Known): string {
  const event = eventOf(rule.field) ?? "replied";
  const asked = rule.operator === "not_happened" ? "not_happened" : "happened";
  const step = rule.step == null ? undefined : titleOf?.(rule.step);
  return [
    t(`${asked}.${event}`),
    ...(step === undefined ? [] : [t("sentence.of", { step })]),
    ...(rule.days == null ? [] : [t("sentence.days", { count: rule.days })]),
  ].join(" ");
}

function valueWords(t: T, rule: Rule): string[] {
  const { operator, value } = rule;
  const operand = operandOf(operator);
  if (operand === "nothing") return [];
  if (!isComplete(rule)) return ["…"];
  if (operand === "days") return [t("sentence.count", { count: Number(value) })];
  if (typeof value === "boolean") return [t(value ? "sentence.yes" : "sentence.no")];
  return [listed(t, [value ?? []].flat(), operand === "pair" ? t("sentence.and") : ", ")];
}

function listed(t: T, values: readonly (string | number)[], between: string): string {
  return values.map((one) => quotedIn(t, one)).join(between);
}

function quotedIn(t: T, value: string | number): string {
  return typeof value === "number" ? String(value) : t("sentence.quoted", { value });
}
