import { Autocomplete, Checkbox, Group, Select, Stack, Switch, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EndStep, NotifyStep, SetFieldStep, SetStageStep, TagStep } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { recipientWords } from "../stepWords";
import { ChipField } from "../text/ChipField";
import type { InspectorProps } from "./Inspector";
import { PickWord } from "./PickWord";
import { useField } from "./useField";

const OWNERS = ["contact_owner", "sequence_owner", "workspace_owner"] as const;
const MEANS = ["in_app", "email"] as const;
const SETTABLE = ["first_name", "last_name", "company", "title", "stage", "language", "time_zone"];

/** Tell own people. */
export function NotifyForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<NotifyStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "notify") return null;
  const notice = { ...DEFAULTS.notify, ...step };
  const isNamed = !OWNERS.some((owner) => owner === notice.to);
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label={t("notify.to")}
          allowDeselect={false}
          disabled={readOnly}
          data={[
            ...OWNERS.map((owner) => ({ value: owner, label: recipientWords(t, owner) })),
            { value: "", label: t("notify.member") },
          ]}
          value={isNamed ? "" : notice.to}
          onChange={(to) => {
            change("to", to ?? "contact_owner");
          }}
        />
        {isNamed && (
          <TextInput
            label={t("notify.address")}
            placeholder="mira@example.com"
            disabled={readOnly}
            value={notice.to}
            onChange={(event) => {
              change("to", event.currentTarget.value.trim());
            }}
          />
        )}
      </Group>
      <Checkbox.Group
        label={t("notify.by")}
        value={[...notice.by]}
        onChange={(by) => {
          change(
            "by",
            MEANS.filter((means) => by.includes(means)),
          );
        }}
      >
        <Group gap="md" mt={4}>
          {MEANS.map((means) => (
            <Checkbox key={means} value={means} label={t(`notify.${means}`)} disabled={readOnly} />
          ))}
        </Group>
      </Checkbox.Group>
      <ChipField
        label={t("notify.text")}
        value={notice.text}
        lines
        readOnly={readOnly}
        onChange={(text) => {
          change("text", text);
        }}
      />
    </Stack>
  );
}

export function TagForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<TagStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "tag") return null;
  return (
    <Group gap="sm">
      <PickWord
        label={t("tag.action")}
        words={{ add: t("tag.add"), remove: t("tag.remove") }}
        value={step.action ?? "add"}
        readOnly={readOnly}
        onChange={(action) => {
          change("action", action);
        }}
      />
      <TextInput
        aria-label={t("tag.tag")}
        placeholder={t("tag.tag")}
        maxLength={100}
        disabled={readOnly}
        value={step.tag ?? ""}
        onChange={(event) => {
          change("tag", event.currentTarget.value);
        }}
      />
    </Group>
  );
}

export function SetFieldForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SetFieldStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "set_field") return null;
  return (
    <Group gap="sm" align="flex-end">
      <Autocomplete
        label={t("setField.field")}
        placeholder="custom.seats"
        data={SETTABLE}
        disabled={readOnly}
        value={step.field ?? ""}
        onChange={(field) => {
          change("field", field);
        }}
      />
      <TextInput
        label={t("setField.value")}
        placeholder={t("setField.empty")}
        disabled={readOnly}
        value={step.value == null ? "" : String(step.value)}
        onChange={(event) => {
          change("value", valueOf(event.currentTarget.value));
        }}
      />
    </Group>
  );
}

/** Read what was typed: numbers and truth values are what fields of those types hold, all else is text. */
export function valueOf(text: string): string | number | boolean | null {
  const words: Readonly<Record<string, boolean | null>> = { "": null, true: true, false: false };
  const word = words[text];
  if (word !== undefined) return word;
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/.test(text) && String(Number(text)) === text
    ? Number(text)
    : text;
}

export function SetStageForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SetStageStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "set_stage") return null;
  return (
    <TextInput
      label={t("setStage.stage")}
      maw={280}
      maxLength={100}
      disabled={readOnly}
      value={step.stage ?? ""}
      onChange={(event) => {
        change("stage", event.currentTarget.value);
      }}
    />
  );
}

export function EndForm(props: InspectorProps) {
  const { t } = useTranslation("sequences");
  const change = useField<EndStep>(props);
  const { step, readOnly } = props;
  if (step.kind !== "end") return null;
  return (
    <Switch
      label={t("end.goal")}
      description={t("end.hint")}
      disabled={readOnly}
      checked={step.goal ?? false}
      onChange={(event) => {
        change("goal", event.currentTarget.checked);
      }}
    />
  );
}
