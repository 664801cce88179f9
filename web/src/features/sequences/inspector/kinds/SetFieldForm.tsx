import { Group, Select, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFlowNames, type OwnField } from "@/api/flowNames";
import type { SetFieldStep } from "@/flow/document";
import type { FieldType } from "@/flow/rules";
import { typeOf } from "@/dialogs/condition/fields";
import { SingleValue } from "@/dialogs/condition/SingleValue";
import { fieldWords } from "@/dialogs/condition/words";
import { At } from "../At";
import type { FormProps } from "../FormProps";
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
export function SetFieldForm(props: FormProps) {
  const { fields: own } = useFlowNames();
  const { step } = props;
  if (step.kind !== "set_field") return null;
  const problems = props.problems(step.key);
  const field = (step.field ?? "").replace(/^contact\./, "");
  const parts = { ...props, step, own, field };
  return (
    <Stack gap="sm">
      <At place="field" problems={problems}>
        <Field {...parts} />
      </At>
      {field !== "" && (
        <At place="value" problems={problems}>
          <Value {...parts} />
        </At>
      )}
    </Stack>
  );
}

interface PartProps extends FormProps {
  readonly step: SetFieldStep;
  readonly own: readonly OwnField[];
  /** "" while none is chosen. */
  readonly field: string;
}

function Field({ step, own, field, acts, readOnly }: PartProps) {
  const { t } = useTranslation("sequences");
  return (
    <Select
      label={t("setField.field")}
      maw={280}
      searchable
      allowDeselect={false}
      disabled={readOnly}
      placeholder={t("setField.choose")}
      data={offered(t, field, own)}
      value={field === "" ? null : field}
      onChange={(chosen) => {
        const name = chosen ?? "";
        const type = typeOf(name, own);
        const value = type === typeOf(field, own) ? (step.value ?? null) : FIRST_VALUES[type];
        acts.change(step.key, { field: name, value });
      }}
    />
  );
}

/** List the fields by group; the one of now is among them whoever knows it. */
function offered(t: TFunction<"sequences">, field: string, own: readonly OwnField[]) {
  const owned = own.map((each) => each.field);
  const isUnknown = field !== "" && ![...SETTABLE, ...owned].includes(field);
  const groups = [
    { group: t("condition.group.contact"), names: SETTABLE },
    { group: t("condition.group.own"), names: owned },
    { group: "…", names: isUnknown ? [field] : [] },
  ];
  return groups
    .filter(({ names }) => names.length > 0)
    .map(({ group, names }) => ({
      group,
      items: names.map((name) => ({ value: name, label: fieldWords(t, name, own) })),
    }));
}

function Value(props: PartProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SetFieldStep>(props);
  const { step, own, field, readOnly } = props;
  const value = step.value ?? null;
  const type = typeOf(field, own);
  return (
    <>
      <Group gap="sm">
        <PickWord
          label={t("setField.act")}
          words={{ set: t("setField.set"), clear: t("setField.clear") }}
          value={value === null ? "clear" : "set"}
          readOnly={readOnly}
          onChange={(act) => {
            change("value", act === "clear" ? null : FIRST_VALUES[type]);
          }}
        />
        {value !== null && (
          <SingleValue
            type={type}
            label={t("setField.value")}
            suggestions={[]}
            readOnly={readOnly}
            value={value}
            onChange={(typed) => {
              change("value", (Array.isArray(typed) ? "" : (typed ?? "")) as string | number | boolean);
            }}
          />
        )}
      </Group>
      {own.some((each) => each.field === field) && (
        <Text fz="xs" c="dimmed">
          {t(`setField.types.${type as "text"}`)}
        </Text>
      )}
    </>
  );
}
