import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import {
  addEntry,
  entryOn,
  FIRST_RULE,
  MOST_ENTRIES,
  putEntry,
  removeEntry,
  type EntryKind,
  type Trigger,
} from "@/flow/trigger";
import { ConditionField } from "./ConditionField";
import { EntryLine } from "./EntryLine";
import type { Faults } from "./faults";
import { focusAdding, focusPlace } from "./focus";
import classes from "./Rules.module.css";

interface RuleBuilderProps<Rule extends Trigger> {
  readonly which: "starts" | "stops";
  readonly rule: Rule;
  /** The name of the setting, as faults begin: `triggers`. */
  readonly place: string;
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly onChange: (rule: Rule) => void;
}

/** What starts or stops it, line by line, and what must hold besides. */
export function RuleBuilder<Rule extends Trigger>(props: RuleBuilderProps<Rule>) {
  const { t } = useTranslation("sequences");
  const { which, rule, place, faults, readOnly, onChange } = props;
  return (
    <div className={classes.block} role="group" aria-label={t(`${which}.title`)}>
      {rule.any.map((entry, index) => (
        <EntryLine
          key={index}
          word={t(index === 0 ? `${which}.when` : `${which}.or`)}
          entry={entry}
          place={`${place}.any[${index}]`}
          faults={faults}
          readOnly={readOnly}
          onChange={(next) => {
            onChange(putEntry(rule, index, next));
          }}
          onRemove={() => {
            onChange(removeEntry(rule, index));
            focusAdding(place);
          }}
        />
      ))}
      {rule.all != null && (
        <div className={classes.condition} role="group" aria-label={t(`${which}.onlyIf`)}>
          <Text fz="xs" c="dimmed" mb={6}>
            {t(`${which}.onlyIf`)}
          </Text>
          <ConditionField
            condition={rule.all}
            place={`${place}.all`}
            faults={faults}
            readOnly={readOnly}
            onChange={(all) => {
              onChange({ ...rule, all: (all.rules ?? []).length === 0 ? null : all });
            }}
          />
        </div>
      )}
      {!readOnly && <Adds {...props} />}
    </div>
  );
}

function Adds<Rule extends Trigger>({ which, rule, place, onChange }: RuleBuilderProps<Rule>) {
  const { t } = useTranslation("sequences");
  const icon = <IconPlus size={14} aria-hidden />;
  return (
    <Group gap={4} data-adds={place}>
      {rule.any.length < MOST_ENTRIES && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={icon}
          onClick={() => {
            onChange(addEntry(rule, entryOn("tag_added")));
            focusPlace(`${place}.any[${rule.any.length}]`, "first");
          }}
        >
          {t(`${which}.add`)}
        </Button>
      )}
      {rule.all == null && (
        <Button
          size="xs"
          variant="subtle"
          leftSection={icon}
          onClick={() => {
            onChange({ ...rule, all: FIRST_RULE });
            focusPlace(`${place}.all.rules[0]`);
          }}
        >
          {t(`${which}.addIf`)}
        </Button>
      )}
    </Group>
  );
}

interface BeginProps {
  readonly which: "starts" | "stops";
  readonly place: string;
  readonly kinds: readonly EntryKind[];
  readonly onBegin: (kind: EntryKind) => void;
}

/** The usual beginnings of a rule, one click each. */
export function Begin({ which, place, kinds, onBegin }: BeginProps) {
  const { t } = useTranslation("sequences");
  const label = t(`${which}.begin`);
  return (
    <div className={classes.block}>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.chips} role="group" aria-label={label}>
        {kinds.map((kind) => (
          <Button
            key={kind}
            size="xs"
            variant="default"
            onClick={() => {
              onBegin(kind);
              focusPlace(`${place}.any[0]`);
            }}
          >
            {kind === "becomes" ? t("rule.becomes") : t(`happening.${kind}`)}
          </Button>
        ))}
      </div>
      <Text fz="xs" c="dimmed">
        {t(`${which}.example`)}
      </Text>
    </div>
  );
}
