// Tells whether what came from outside has the shape of a step, so that no room stumbles over it. What its values
// mean is judged by the server.
import type { Kind } from "./document";
import { COMMON, DEFAULTS } from "./fields";
import { DEEPEST } from "./rules";

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 100_000;
const MOST_ENTRIES = 500;
const KEY = /^[a-z][a-z0-9_]{0,62}$/;
const UNFIT = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

const isText: Check = (value) =>
  typeof value === "string" && value.length <= LONGEST_TEXT && !UNFIT.test(value);
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isFlag: Check = (value) => typeof value === "boolean";
const isNull: Check = (value) => value === null;

export const isKey = (value: unknown): value is string => typeof value === "string" && KEY.test(value);

const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length <= MOST_ENTRIES && value.every(check);

/** An object with these fields, each of which may be missing, and no other. */
const objectOf =
  (checks: Readonly<Record<string, Check>>, needed: readonly string[] = []): Check =>
  (value) =>
    isObject(value) &&
    needed.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, each]) => Object.hasOwn(checks, name) && checks[name]?.(each));

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of a step, null for the end, and "" for where a clip leaves off. */
const isWay = either(isNull, isKey, (value) => value === "");

const SCALAR = either(isText, isNumber, isFlag, isNull);
const RULE = objectOf(
  {
    field: isText,
    operator: isText,
    value: either(SCALAR, listOf(either(isText, isNumber))),
    step: either(isNull, isKey),
    days: either(isNull, isNumber),
  },
  ["field", "operator"],
);

const conditionWithin =
  (depth: number): Check =>
  (value) =>
    depth > 0 &&
    objectOf({
      combinator: (word) => word === "and" || word === "or",
      negated: isFlag,
      rules: listOf(either(RULE, conditionWithin(depth - 1))),
    })(value);

const CONDITION = conditionWithin(DEEPEST);
const DETOUR = objectOf({
  kind: (word) => word === "go_on" || word === "finish" || word === "step",
  step: either(isNull, isKey),
});
const NAMED = { name: isText, next: isWay };

/** Fields whose default does not say what they may be. */
const SHAPES: Readonly<Record<string, Check>> = {
  only_if: either(isNull, CONDITION),
  on_skip: DETOUR,
  on_failure: DETOUR,
  hints: objectOf({ angle: isText, call_to_action: isText, value_proposition: isText }),
  content: either(
    isNull,
    objectOf({
      subject: isText,
      text: isText,
      html: isText,
      mjml: isText,
      preheader: isText,
      layout: isText,
      attachments: listOf(objectOf({ id: isNumber, name: isText }, ["id", "name"])),
    }),
  ),
  template_variables: (value) => isObject(value) && Object.entries(value).flat().every(isText),
  by: listOf(isText),
  value: SCALAR,
  max_rounds: either(isNull, isNumber),
  target: (value) => value === "" || isKey(value),
  arms: listOf(objectOf({ ...NAMED, weight: isNumber }, ["name", "next"])),
};

const BRANCHES: Partial<Record<Kind, Check>> = {
  condition: listOf(objectOf({ ...NAMED, condition: CONDITION }, ["name", "next", "condition"])),
  ai_decide: listOf(objectOf({ ...NAMED, description: isText }, ["name", "next"])),
};

const OWN_WAYS: Partial<Record<Kind, readonly string[]>> = {
  wait_for: ["timed_out"],
  ai_qualify: ["qualified", "unqualified"],
};

/** Tell whether a value has the shape of a step of a known kind, with its ways and no field of another. */
export function isStep(value: unknown): boolean {
  if (!isObject(value) || typeof value.kind !== "string" || !Object.hasOwn(DEFAULTS, value.kind))
    return false;
  const kind = value.kind as Kind;
  const defaults: Fields = { ...COMMON, ...DEFAULTS[kind] };
  const ways = ["next", ...(OWN_WAYS[kind] ?? [])];
  const checks: Record<string, Check> = { key: isKey, kind: isText };
  for (const [field, byDefault] of Object.entries(defaults)) checks[field] = checkOf(kind, field, byDefault);
  for (const way of ways) checks[way] = isWay;
  return objectOf(checks, ["key", ...ways])(value);
}

function checkOf(kind: Kind, field: string, byDefault: unknown): Check {
  if (field === "branches") return BRANCHES[kind] ?? isNull;
  const check = SHAPES[field];
  if (check !== undefined) return check;
  if (typeof byDefault === "number") return isNumber;
  if (typeof byDefault === "boolean") return isFlag;
  return byDefault === null ? either(isNull, isText) : isText;
}
