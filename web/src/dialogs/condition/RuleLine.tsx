import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Rule } from "@/flow/condition";
import { askedAs, narrowed, operandOf, ruleOn, type FieldType } from "@/flow/rules";
import { PickNumber, PickOne } from "@/ui/picks";
import { FieldPicker } from "./FieldPicker";
import { eventOf, isOfMessages, operatorsOf, typeOf } from "./fields";
import { ValueFields } from "./ValueFields";
import { operatorWords } from "./words";

/** A message of the flow that a rule about an event can be narrowed to. */
export interface NamedStep {
  readonly key: string;
  readonly title: string;
}

interface RuleLineProps {
  readonly rule: Rule;
  /** Left out: the condition stands in no flow. */
  readonly steps?: readonly NamedStep[] | undefined;
  readonly readOnly: boolean;
  readonly onChange: (rule: Rule) => void;
}

/** One comparison, to be read as a sentence: what, how, with what. */
export function RuleLine(props: RuleLineProps) {
  const { t } = useTranslation("conditions");
  const { rule, readOnly, onChange } = props;
  const { fields } = useFlowNames();
  const type = typeOf(rule.field, fields);
  const event = eventOf(rule.field);
  const words = (operator: Rule["operator"]) =>
    event === undefined
      ? operatorWords(t, operator, type)
      : t(`${operator === "not_happened" ? "not_happened" : "happened"}.${event}`);
  const offered = operatorsOf(type);
  const options = offered.includes(rule.operator) ? offered : [rule.operator, ...offered];
  return (
    <>
      <FieldPicker
        value={rule.field}
        readOnly={readOnly}
        onChange={(field) => {
          onChange(asked(rule, field, typeOf(field, fields)));
        }}
      />
      <PickOne
        label={t("condition.operator")}
        disabled={readOnly}
        options={options.map((operator) => ({ value: operator, label: words(operator) }))}
        value={rule.operator}
        onChange={(operator) => {
          onChange(askedAs(rule, type, operator));
        }}
      />
      {event !== undefined && isOfMessages(event) && <OfStep {...props} />}
      {event !== undefined && <SinceWhen {...props} />}
      {operandOf(rule.operator) !== "nothing" && (
        <ValueFields
          rule={rule}
          type={type}
          readOnly={readOnly}
          onChange={(value) => {
            onChange({ ...rule, value });
          }}
        />
      )}
    </>
  );
}

/** Ask another field: the same question where its type allows it. */
function asked(rule: Rule, field: string, type: FieldType): Rule {
  const keeps = operatorsOf(type).includes(rule.operator);
  const isEvent = eventOf(field) !== undefined;
  if (!keeps) return ruleOn(field, type);
  return isEvent ? { ...rule, field } : ruleOn(field, type, rule.operator);
}

/** To which message of the flow an event belongs. */
function OfStep({ rule, steps, readOnly, onChange }: RuleLineProps) {
  const { t } = useTranslation("conditions");
  if (steps === undefined) return null;
  const named = steps.map(({ key, title }) => ({ value: key, label: t("sentence.of", { step: title }) }));
  const chosen = rule.step ?? "";
  const isGone = chosen !== "" && !steps.some(({ key }) => key === chosen);
  return (
    <PickOne
      label={t("condition.step")}
      disabled={readOnly}
      options={[
        { value: "", label: t("condition.anyStep") },
        ...named,
        ...(isGone ? [{ value: chosen, label: chosen }] : []),
      ]}
      value={chosen}
      onChange={(step) => {
        onChange(narrowed(rule, { step: step || null }));
      }}
    />
  );
}

type Since = "ever" | "days";
const DAYS_AT_FIRST = 30;

/** How long ago an event may be. */
function SinceWhen({ rule, readOnly, onChange }: RuleLineProps) {
  const { t } = useTranslation("conditions");
  const since: Since = rule.days == null ? "ever" : "days";
  return (
    <>
      <PickOne<Since>
        label={t("condition.since")}
        disabled={readOnly}
        options={[
          { value: "ever", label: t("condition.ever") },
          { value: "days", label: t("condition.inDays") },
        ]}
        value={since}
        onChange={(to) => {
          onChange(narrowed(rule, { days: to === "days" ? DAYS_AT_FIRST : null }));
        }}
      />
      {since === "days" && (
        <PickNumber
          label={t("condition.days")}
          disabled={readOnly}
          max={3650}
          value={rule.days ?? DAYS_AT_FIRST}
          onChange={(days) => {
            onChange(narrowed(rule, { days }));
          }}
        />
      )}
    </>
  );
}
