import { ActionIcon, Button, Group, Stack } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Condition, Rule } from "@/flow/condition";
import {
  addAt,
  DEEPEST,
  isRule,
  joinAt,
  joinOf,
  pathWords,
  putAt,
  removeAt,
  ruleOn,
  type Join,
  type Path,
} from "@/flow/rules";
import { PickOne } from "@/ui/picks";
import classes from "./Condition.module.css";
import { type NamedStep, RuleLine } from "./RuleLine";
import { WhoMatches } from "./WhoMatches";

interface ConditionBuilderProps {
  readonly condition: Condition;
  /** The messages of the flow it stands in. Left out: it is about contacts, whatever they run through. */
  readonly steps?: readonly NamedStep[];
  /** Where the condition stands: `only_if`, `branches[0].condition`; "" where it stands alone. */
  readonly place: string;
  /** What is wrong at a place, drawn below the rule there. */
  readonly noteAt?: (place: string) => ReactNode;
  readonly readOnly: boolean;
  readonly onChange: (condition: Condition) => void;
}

const JOINS: readonly Join[] = ["all", "any", "not_all", "none"];
const WORDS = {
  all: "condition.wordAnd",
  any: "condition.wordOr",
  not_all: "condition.wordAnd",
  none: "condition.wordOr",
} as const satisfies Record<Join, string>;

/** A condition as sentences with pickers; groups stand within groups, and who matches now stands below. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  return (
    <Stack gap={8} data-builder="">
      <GroupOfRules {...props} whole={props.condition} group={props.condition} path={[]} />
      <WhoMatches condition={props.condition} isOfFlow={props.steps !== undefined} />
    </Stack>
  );
}

interface GroupProps extends ConditionBuilderProps {
  readonly whole: Condition;
  readonly group: Condition;
  readonly path: Path;
}

function GroupOfRules(props: GroupProps) {
  const { group, path, readOnly } = props;
  const rules = group.rules ?? [];
  const isNested = path.length > 0;
  return (
    <div className={classes.group} data-nested={isNested || undefined} role="group">
      {(rules.length > 1 || joinOf(group) !== "all" || isNested) && <GroupHead {...props} />}
      {rules.map((entry, index) => {
        const here = [...path, index];
        return isRule(entry) ? (
          <RuleOfGroup key={index} {...props} rule={entry} path={here} />
        ) : (
          <GroupOfRules key={index} {...props} group={entry} path={here} />
        );
      })}
      {!readOnly && <Add {...props} />}
    </div>
  );
}

/** How the entries of a group belong together. */
function GroupHead({ whole, group, path, readOnly, onChange }: GroupProps) {
  const { t } = useTranslation("conditions");
  return (
    <Group gap={6} wrap="nowrap" justify="space-between">
      <PickOne
        label={t("condition.join")}
        disabled={readOnly}
        options={JOINS.map((each) => ({ value: each, label: t(`condition.joins.${each}`) }))}
        value={joinOf(group)}
        onChange={(to) => {
          onChange(joinAt(whole, path, to));
        }}
      />
      {path.length > 0 && !readOnly && (
        <Remove
          label={t("condition.removeGroup")}
          onRemove={() => {
            onChange(removeAt(whole, path));
          }}
        />
      )}
    </Group>
  );
}

interface RuleProps extends GroupProps {
  readonly rule: Rule;
}

/** One rule behind the word that joins it to those above. */
function RuleOfGroup(props: RuleProps) {
  const { t } = useTranslation("conditions");
  const { whole, group, path, place, noteAt, readOnly, onChange } = props;
  const word = path.at(-1) === 0 ? "condition.wordIf" : WORDS[joinOf(group)];
  return (
    <div className={classes.line} data-place={at(place, path)}>
      <span className={classes.word}>{t(word)}</span>
      <div className={classes.fields}>
        <RuleLine
          {...props}
          onChange={(rule) => {
            onChange(putAt(whole, path, () => rule));
          }}
        />
        {noteAt?.(at(place, path))}
      </div>
      {!readOnly && (
        <Remove
          label={t("condition.removeRule")}
          onRemove={() => {
            onChange(removeAt(whole, path));
          }}
        />
      )}
    </div>
  );
}

function at(place: string, path: Path): string {
  return place === "" ? pathWords(path) : `${place}.${pathWords(path)}`;
}

function Add({ whole, group, path, steps, onChange }: GroupProps) {
  const { t } = useTranslation("conditions");
  const names = useFlowNames();
  const fresh: Rule = names.tags.length > 0 ? ruleOn("tag", "names") : ruleOn("stage", "text");
  const second = steps === undefined ? fresh : ruleOn("event.replied", "event");
  const isEmpty = (group.rules ?? []).length === 0;
  return (
    <Group gap={4} data-adds="">
      <Button
        size="xs"
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          onChange(addAt(whole, path, isEmpty ? second : fresh));
        }}
      >
        {t("condition.addRule")}
      </Button>
      {path.length + 1 < DEEPEST && !isEmpty && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            onChange(addAt(whole, path, { combinator: "or", rules: [fresh, second] }));
          }}
        >
          {t("condition.addGroup")}
        </Button>
      )}
    </Group>
  );
}

function Remove({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  return (
    <ActionIcon
      size="sm"
      aria-label={label}
      title={label}
      onClick={({ currentTarget }) => {
        const builder = currentTarget.closest<HTMLElement>("[data-builder]");
        onRemove();
        // The button goes with its rule; who works by keys stays in the condition.
        requestAnimationFrame(() => builder?.querySelector<HTMLElement>("[data-adds] button")?.focus());
      }}
    >
      <IconX size={14} aria-hidden />
    </ActionIcon>
  );
}
