// A condition as JSON, and what may be asked of which type of field. Mirrors core/conditions.

export type Operator =
  | "equals"
  | "not_equals"
  | "contains"
  | "not_contains"
  | "starts_with"
  | "ends_with"
  | "one_of"
  | "less"
  | "less_or_equal"
  | "greater"
  | "greater_or_equal"
  | "between"
  | "is_empty"
  | "is_not_empty"
  | "within_days"
  | "before_days"
  | "happened"
  | "not_happened";

export type RuleValue = string | number | boolean | null | readonly (string | number)[];

export interface Rule {
  readonly field: string;
  readonly operator: Operator;
  readonly value?: RuleValue;
  readonly step?: string | null;
  readonly days?: number | null;
}

export interface Condition {
  readonly combinator?: "and" | "or";
  readonly negated?: boolean;
  readonly rules?: readonly (Rule | Condition)[];
}

/** What may be asked of a field, by its type; `names` are tags and lists. */
export const OPERATORS_OF = {
  text: [
    "equals",
    "not_equals",
    "contains",
    "not_contains",
    "starts_with",
    "ends_with",
    "one_of",
    "is_empty",
    "is_not_empty",
  ],
  number: [
    "equals",
    "not_equals",
    "less",
    "less_or_equal",
    "greater",
    "greater_or_equal",
    "between",
    "one_of",
    "is_empty",
    "is_not_empty",
  ],
  date: [
    "equals",
    "not_equals",
    "less",
    "less_or_equal",
    "greater",
    "greater_or_equal",
    "between",
    "one_of",
    "within_days",
    "before_days",
    "is_empty",
    "is_not_empty",
  ],
  boolean: ["equals", "not_equals", "is_empty", "is_not_empty"],
  names: ["equals", "not_equals", "one_of", "is_empty", "is_not_empty"],
  event: ["happened", "not_happened"],
} as const satisfies Record<string, readonly Operator[]>;
