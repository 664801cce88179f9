// What a condition of a step may ask, and how the value of a rule is written in one text field.
import { OPERATORS_OF, type Operator, type Rule, type RuleValue } from "@/flow/condition";

export type FieldType = keyof typeof OPERATORS_OF;

/** Fields of all contacts, then what happened. Own fields are written by hand: `custom.<key>`. */
export const FIELDS: Readonly<Record<string, FieldType>> = {
  tag: "names",
  list: "names",
  stage: "text",
  company: "text",
  title: "text",
  email: "text",
  phone: "text",
  first_name: "text",
  last_name: "text",
  language: "text",
  time_zone: "text",
  created_at: "date",
  "event.replied": "event",
  "event.opened": "event",
  "event.clicked": "event",
  "event.meeting_booked": "event",
  "event.call_logged": "event",
  "event.converted": "event",
  "event.task_completed": "event",
};

export function typeOf(field: string): FieldType {
  return FIELDS[field] ?? (field.startsWith("event.") ? "event" : "text");
}

export function operatorsOf(field: string): readonly Operator[] {
  // The type of an own field is known to the server alone: offer what any of them may be asked.
  if (FIELDS[field] === undefined && !field.startsWith("event.")) {
    return [...new Set<Operator>([...OPERATORS_OF.text, ...OPERATORS_OF.number, ...OPERATORS_OF.date])];
  }
  return OPERATORS_OF[typeOf(field)];
}

const NONE: ReadonlySet<Operator> = new Set(["is_empty", "is_not_empty", "happened", "not_happened"]);
const LISTS: ReadonlySet<Operator> = new Set(["one_of", "between"]);
const DAYS: ReadonlySet<Operator> = new Set(["within_days", "before_days"]);

export function takesValue(operator: Operator): boolean {
  return !NONE.has(operator);
}

/** Start a rule about a field with what is mostly asked of it. */
export function ruleOn(field: string, operator: Operator = operatorsOf(field)[0] ?? "equals"): Rule {
  return takesValue(operator) ? { field, operator, value: "" } : { field, operator };
}

export function writtenValue(value: RuleValue | undefined): string {
  return Array.isArray(value) ? value.join(", ") : value == null ? "" : String(value);
}

/** Read a value as it was typed: several are parted by commas, days and numbers are numbers. */
export function readValue(text: string, { field, operator }: Rule): RuleValue {
  if (LISTS.has(operator)) return text.split(",").map((part) => single(part.trim(), field));
  return DAYS.has(operator) ? Math.trunc(Number(text)) || 0 : single(text, field);
}

function single(text: string, field: string): string | number {
  const isNumber = FIELDS[field] === undefined && /^-?\d{1,15}(\.\d{1,6})?$/.test(text);
  return isNumber ? Number(text) : text;
}
