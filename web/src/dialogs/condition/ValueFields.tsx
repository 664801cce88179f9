import { TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames, type FlowNames } from "@/api/flowNames";
import type { Rule, RuleValue } from "@/flow/condition";
import { operandOf, type FieldType } from "@/flow/rules";
import classes from "./Condition.module.css";
import { SingleValue, type FieldProps, type Single } from "./SingleValue";

interface ValueProps {
  readonly rule: Pick<Rule, "field" | "operator" | "value">;
  readonly type: FieldType;
  readonly readOnly: boolean;
  readonly onChange: (value: RuleValue) => void;
}

/** With what a field is compared: as many values of its type as the question wants. */
export function ValueFields({ rule, type, readOnly, onChange }: ValueProps) {
  const { t } = useTranslation("conditions");
  const names = useFlowNames();
  const { value } = rule;
  const operand = operandOf(rule.operator);
  const one = Array.isArray(value) ? "" : (value as Single | boolean | null | undefined);
  const many = Array.isArray(value) ? (value as readonly Single[]) : [];
  const shared = { type, readOnly, suggestions: suggestionsOf(rule.field, names) };
  if (operand === "days") {
    return (
      <>
        <SingleValue
          {...shared}
          type="number"
          label={t("condition.days")}
          value={one ?? null}
          onChange={onChange}
        />
        <span>{t("condition.daysWord")}</span>
      </>
    );
  }
  if (operand === "pair") return <Pair {...shared} value={many} onChange={onChange} />;
  if (operand === "many") return <Many {...shared} value={many} onChange={onChange} />;
  return <SingleValue {...shared} label={t("condition.value")} value={one ?? null} onChange={onChange} />;
}

function suggestionsOf(field: string, names: FlowNames): readonly string[] {
  const known: Readonly<Record<string, readonly string[]>> = {
    tag: names.tags,
    list: names.lists,
    stage: names.stages,
    owner: names.members.map(({ address }) => address),
    language: ["en", "de", "fr", "es", "it", "nl", "pl"],
  };
  return known[field] ?? [];
}

function Pair({ value, onChange, ...shared }: FieldProps<readonly Single[]>) {
  const { t } = useTranslation("conditions");
  const [low = "", high = ""] = value;
  const put = (at: 0 | 1) => (changed: RuleValue) => {
    const one = (changed ?? "") as Single;
    onChange(at === 0 ? [one, high] : [low, one]);
  };
  return (
    <>
      <SingleValue {...shared} label={t("condition.low")} value={low} onChange={put(0)} />
      <span>{t("condition.wordAnd")}</span>
      <SingleValue {...shared} label={t("condition.high")} value={high} onChange={put(1)} />
    </>
  );
}

function Many({ type, value, suggestions, readOnly, onChange }: FieldProps<readonly Single[]>) {
  const { t } = useTranslation("conditions");
  return (
    <TagsInput
      size="xs"
      className={classes.value ?? ""}
      disabled={readOnly}
      aria-label={t("condition.values")}
      {...(value.length === 0 && {
        placeholder: t(type === "date" ? "condition.manyDays" : "condition.many"),
      })}
      maxDropdownHeight={240}
      acceptValueOnBlur
      splitChars={[","]}
      data={[...new Set(suggestions)]}
      value={value.map(String)}
      onChange={(typed) => {
        onChange(typed.map((text) => readAs(text, type)));
      }}
    />
  );
}

/** Read what was typed as the type wants it; what is none stays text, and the server says so. */
export function readAs(text: string, type: FieldType): Single {
  const number = Number(text);
  return type === "number" && text.trim() !== "" && Number.isFinite(number) ? number : text;
}
