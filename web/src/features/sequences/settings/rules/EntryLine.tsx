import { ActionIcon, Autocomplete, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFlowNames, type FlowNames } from "@/api/flowNames";
import { useHooks } from "@/api/hooks";
import { CONTACT_FIELDS } from "@/dialogs/condition/fields";
import { fieldWords } from "@/dialogs/condition/words";
import {
  entryOn,
  EVENT_GROUPS,
  isBecomes,
  kindOf,
  NARROWED_BY,
  type Entry,
  type EntryKind,
  type EventGroup,
  type Happening,
  type Narrowing,
  type TriggerEvent,
} from "@/flow/trigger";
import { ConditionField } from "./ConditionField";
import { DateFields } from "./DateFields";
import { faultsAt, type Faults } from "./faults";
import { Notes } from "./Notes";
import classes from "./Rules.module.css";

interface EntryLineProps {
  /** Before the line: *Start when*, *or*. */
  readonly word: string;
  readonly entry: Entry;
  /** `triggers.any[0]`. */
  readonly place: string;
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly onChange: (entry: Entry) => void;
  readonly onRemove: () => void;
}

/** One thing that starts or stops: an event and what narrows it, or a condition that turns true. */
export function EntryLine(props: EntryLineProps) {
  const { t } = useTranslation("sequences");
  const { word, entry, place, faults, readOnly, onChange, onRemove } = props;
  return (
    <div className={classes.entry} data-place={place}>
      <span className={classes.word}>{word}</span>
      <div className={classes.fields}>
        <KindSelect
          value={kindOf(entry)}
          readOnly={readOnly}
          onChange={(kind) => {
            onChange(entryOn(kind, entry));
          }}
        />
        {!isBecomes(entry) && <Narrowed {...props} entry={entry} />}
        {isBecomes(entry) ? (
          <div className={classes.condition} role="group" aria-label={t("rule.becomes")}>
            <ConditionField
              condition={entry.becomes}
              place={`${place}.becomes`}
              faults={faults}
              readOnly={readOnly}
              onChange={(becomes) => {
                onChange({ becomes });
              }}
            />
          </div>
        ) : (
          <Notes sentences={faultsAt(faults, place)} />
        )}
      </div>
      {!readOnly && (
        <ActionIcon
          size="sm"
          aria-label={t("rule.removeEntry")}
          title={t("rule.removeEntry")}
          onClick={onRemove}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

const GROUPS = Object.entries(EVENT_GROUPS) as [EventGroup, readonly TriggerEvent[]][];

interface KindSelectProps {
  readonly value: EntryKind;
  readonly readOnly: boolean;
  readonly onChange: (kind: EntryKind) => void;
}

function KindSelect({ value, readOnly, onChange }: KindSelectProps) {
  const { t } = useTranslation("sequences");
  return (
    <Select
      size="xs"
      w={220}
      searchable
      allowDeselect={false}
      disabled={readOnly}
      aria-label={t("rule.kind")}
      maxDropdownHeight={320}
      comboboxProps={{ width: 260, position: "bottom-start" }}
      data={[
        ...GROUPS.map(([group, events]) => ({
          group: t(`rule.group.${group}`),
          items: events.map((event) => ({ value: event, label: t(`happening.${event}`) })),
        })),
        { group: t("rule.group.condition"), items: [{ value: "becomes", label: t("rule.becomes") }] },
      ]}
      value={value}
      onChange={(kind) => {
        if (kind !== null) onChange(kind);
      }}
    />
  );
}

function Narrowed({ entry, readOnly, onChange }: EntryLineProps & { readonly entry: Happening }) {
  const narrowing = NARROWED_BY[entry.event];
  if (narrowing === undefined) return null;
  if (entry.event === "date_reached") {
    return <DateFields entry={entry} readOnly={readOnly} onChange={onChange} />;
  }
  const Field = narrowing === "field" ? FieldField : NameField;
  return (
    <Field
      narrowing={narrowing}
      value={entry.name ?? ""}
      readOnly={readOnly}
      onChange={(name) => {
        onChange({ ...entry, name });
      }}
    />
  );
}

interface NameFieldProps {
  readonly narrowing: Narrowing;
  readonly value: string;
  readonly readOnly: boolean;
  readonly onChange: (name: string) => void;
}

/** A name among those that are there, or one that comes later; empty is any. */
function NameField({ narrowing, value, readOnly, onChange }: NameFieldProps) {
  const { t } = useTranslation("sequences");
  const names = useFlowNames();
  const hooks = useHookNames(narrowing);
  return (
    <Autocomplete
      size="xs"
      w={190}
      disabled={readOnly}
      aria-label={t(`narrow.${narrowing}`)}
      placeholder={t(`narrow.any.${narrowing}`)}
      maxLength={200}
      maxDropdownHeight={240}
      data={[...new Set([...namesOf(narrowing, names), ...hooks])]}
      value={value}
      onChange={onChange}
    />
  );
}

/** Hooks by the event that they tell; who may not see them types the name. */
function useHookNames(narrowing: Narrowing): readonly string[] {
  const told = narrowing === "hook" ? "webhook_received" : "form_submitted";
  const isTold = narrowing === "hook" || narrowing === "form";
  const { data = [] } = useHooks(isTold);
  return isTold ? data.filter(({ event }) => event === told).map(({ name }) => name) : [];
}

function namesOf(narrowing: Narrowing, names: FlowNames): readonly string[] {
  const known: Partial<Record<Narrowing, readonly string[]>> = {
    tag: names.tags,
    list: names.lists,
    stage: names.stages,
    sequence: names.sequences,
  };
  return known[narrowing] ?? [];
}

const NEVER_CHANGED = ["created_at", "updated_at"];

function FieldField({ narrowing, value, readOnly, onChange }: NameFieldProps) {
  const { t } = useTranslation("sequences");
  const { fields: own } = useFlowNames();
  const usual = Object.keys(CONTACT_FIELDS).filter((field) => !NEVER_CHANGED.includes(field));
  const named = [...usual, ...own.map(({ field }) => field)];
  const all = value === "" || named.includes(value) ? named : [value, ...named];
  return (
    <Select
      size="xs"
      w={190}
      searchable
      clearable
      disabled={readOnly}
      aria-label={t(`narrow.${narrowing}`)}
      placeholder={t(`narrow.any.${narrowing}`)}
      maxDropdownHeight={280}
      data={all.map((field) => ({ value: field, label: fieldWords(t, field, own) }))}
      value={value === "" ? null : value}
      onChange={(field) => {
        onChange(field ?? "");
      }}
    />
  );
}
