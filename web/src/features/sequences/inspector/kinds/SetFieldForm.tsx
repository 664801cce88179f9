import { Group, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { SetFieldStep } from "@/flow/document";
import type { FieldType } from "@/flow/rules";
import { typeOf } from "@/dialogs/condition/fields";
import { SingleValue } from "@/dialogs/condition/ValueFields";
import { fieldWords } from "@/dialogs/condition/words";
import { At } from "../At";
import type { InspectorProps } from "../Inspector";
import { PickWord } from "../PickWord";
import { useField } from "../useField";

/** Fields of all contacts that a flow may set. Mirrors core/lint/steps.py. */
const SETTABLE = ["first_name", "last_name", "company", "title", "stage", "language", "time_zone"];
const FIRST_VALUES: Readonly<Record<FieldType, string | boolean>> = {
  text: "",
  names: "",
  event: "",
  number: "",
  date: "",
  boolean: true,
};

/** A field of the contact, and a value of its type. */
export function SetFieldForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SetFieldStep>(props);
  const { fields: own } = useFlowNames();
  const { step, acts, readOnly } = props;
  if (step.kind !== "set_field") return null;
  const problems = props.problems(step.key);
  const field = (step.field ?? "").replace(/^contact\./, "");
  const type = typeOf(field, own);
  const offered = [...SETTABLE, ...own.map((each) => each.field)];
  const named = (name: string) => ({ value: name, label: fieldWords(t, name, own) });
  return (
    <Stack gap="sm">
      <At place="field" problems={problems}>
        <Select
          label={t("setField.field")}
          maw={280}
          searchable
          allowDeselect={false}
          disabled={readOnly}
          placeholder={t("setField.choose")}
          data={[
            { group: t("condition.group.contact"), items: SETTABLE.map(named) },
            { group: t("condition.group.own"), items: own.map((each) => named(each.field)) },
            ...(field === "" || offered.includes(field) ? [] : [{ group: "…", items: [named(field)] }]),
          ].filter(({ items }) => items.length > 0)}
          value={field === "" ? null : field}
          onChange={(name) => {
            const isOther = typeOf(name ?? "", own) !== type;
            const value = isOther ? FIRST_VALUES[typeOf(name ?? "", own)] : (step.value ?? null);
            acts.change(step.key, { field: name ?? "", value });
          }}
        />
      </At>
      {field !== "" && (
        <At place="value" problems={problems}>
          <Group gap="sm">
            <PickWord
              label={t("setField.act")}
              words={{ set: t("setField.set"), clear: t("setField.clear") }}
              value={step.value === null || step.value === undefined ? "clear" : "set"}
              readOnly={readOnly}
              onChange={(act) => {
                change("value", act === "clear" ? null : FIRST_VALUES[type]);
              }}
            />
            {step.value != null && (
              <SingleValue
                type={type}
                label={t("setField.value")}
                suggestions={[]}
                readOnly={readOnly}
                value={step.value}
                onChange={(value) => {
                  change("value", (Array.isArray(value) ? "" : (value ?? "")) as string | number | boolean);
                }}
              />
            )}
          </Group>
          {own.some((each) => each.field === field) && (
            <Text fz="xs" c="dimmed">
              {t(`setField.types.${type as "text"}`)}
            </Text>
          )}
        </At>
      )}
    </Stack>
  );
}
