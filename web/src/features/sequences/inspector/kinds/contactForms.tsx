// What changes the contact: tags, lists, the stage, a field, what may reach them.
import { Autocomplete, Box, Text } from "@mantine/core";
import { Trans, useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Channel, ListStep, SetStageStep, SuppressStep, TagStep } from "@/flow/document";
import { At } from "../At";
import type { FormProps } from "../FormProps";
import { PickWord } from "../PickWord";
import { useField } from "../useField";

interface NameProps {
  readonly label: string;
  readonly value: string;
  readonly known: readonly string[];
  readonly maxLength: number;
  readonly readOnly: boolean;
  readonly onChange: (name: string) => void;
}

/** A name among those that are there, or a new one. */
function Name({ label, value, known, maxLength, readOnly, onChange }: NameProps) {
  return (
    <Autocomplete
      display="inline-block"
      w={240}
      size="xs"
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      maxDropdownHeight={280}
      disabled={readOnly}
      data={[...new Set(known)]}
      value={value}
      onChange={onChange}
    />
  );
}

export function TagForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<TagStep>(props);
  const names = useFlowNames();
  const { step, readOnly, problems } = props;
  if (step.kind !== "tag") return null;
  const action = (
    <PickWord
      label={t("tag.action")}
      words={{ add: t("tag.add"), remove: t("tag.remove") }}
      value={step.action ?? "add"}
      readOnly={readOnly}
      onChange={(to) => {
        change("action", to);
      }}
    />
  );
  const tag = (
    <Name
      label={t("tag.tag")}
      maxLength={100}
      known={names.tags}
      value={step.tag ?? ""}
      readOnly={readOnly}
      onChange={(to) => {
        change("tag", to);
      }}
    />
  );
  return (
    <At place="tag" problems={problems(step.key)}>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="tag.sentence" components={{ action, tag }} />
      </Box>
    </At>
  );
}

export function ListForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<ListStep>(props);
  const names = useFlowNames();
  const { step, readOnly, problems } = props;
  if (step.kind !== "list") return null;
  const held = step.list ?? "";
  const isNew = held !== "" && names.lists.length > 0 && !names.lists.includes(held);
  const action = (
    <PickWord
      label={t("list.action")}
      words={{ add: t("list.add"), remove: t("list.remove") }}
      value={step.action ?? "add"}
      readOnly={readOnly}
      onChange={(to) => {
        change("action", to);
      }}
    />
  );
  const list = (
    <Name
      label={t("list.list")}
      maxLength={200}
      known={names.lists}
      value={held}
      readOnly={readOnly}
      onChange={(to) => {
        change("list", to);
      }}
    />
  );
  return (
    <At place="list" problems={problems(step.key)}>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="list.sentence" components={{ action, list }} />
      </Box>
      {isNew && <Text c="dimmed">{t("list.unknown")}</Text>}
    </At>
  );
}

export function SetStageForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SetStageStep>(props);
  const names = useFlowNames();
  const { step, readOnly, problems } = props;
  if (step.kind !== "set_stage") return null;
  const stage = (
    <Name
      label={t("setStage.stage")}
      maxLength={100}
      known={names.stages}
      value={step.stage ?? ""}
      readOnly={readOnly}
      onChange={(to) => {
        change("stage", to);
      }}
    />
  );
  return (
    <At place="stage" problems={problems(step.key)}>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="setStage.sentence" components={{ stage }} />
      </Box>
    </At>
  );
}

type Scope = Channel | "all";
const SCOPES = ["all", "email", "sms", "whatsapp", "voice"] as const satisfies readonly Scope[];

export function SuppressForm(props: FormProps) {
  const { t } = useTranslation("sequences");
  const change = useField<SuppressStep>(props);
  const { step, readOnly, problems } = props;
  if (step.kind !== "suppress") return null;
  const channel = (
    <PickWord<Scope>
      label={t("suppress.channel")}
      words={{
        all: t("suppress.all"),
        email: t("kind.email"),
        sms: t("kind.sms"),
        whatsapp: t("kind.whatsapp"),
        voice: t("suppress.voice"),
      }}
      value={SCOPES.find((each) => each === step.channel) ?? "all"}
      readOnly={readOnly}
      onChange={(to) => {
        change("channel", to === "all" ? null : to);
      }}
    />
  );
  return (
    <At place="channel" problems={problems(step.key)}>
      <Box fz="md" lh="34px">
        <Trans t={t} i18nKey="suppress.sentence" components={{ channel }} />
      </Box>
      <Text c="dimmed">{t("suppress.hint")}</Text>
    </At>
  );
}
