import { ActionIcon, Group, Menu, Button, Text } from "@mantine/core";
import { IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Step } from "@/flow/document";
import { pruned } from "@/flow/fields";
import { ACTION_KINDS, isActionWhole, type StopAction, type StopWhen } from "@/flow/trigger";
import { KindIcon } from "@/ui/kinds";
import type { FormProps } from "../../inspector/FormProps";
import { ListForm, SetStageForm, SuppressForm, TagForm } from "../../inspector/kinds/contactForms";
import { NotifyForm } from "../../inspector/kinds/NotifyForm";
import { OtherSequenceForm, WebhookForm } from "../../inspector/kinds/outerForms";
import { SetFieldForm } from "../../inspector/kinds/SetFieldForm";
import { TaskForm } from "../../inspector/kinds/TaskForm";
import { kindWords, stepTitle } from "../../stepWords";
import { faultsAt, type Faults } from "./faults";
import { focusAdding, focusPlace } from "./focus";
import { Notes } from "./Notes";
import classes from "./Rules.module.css";

type ActionKind = (typeof ACTION_KINDS)[number];
const MOST_ACTIONS = 20;
/** What a step has because it stands in a flow. */
const PLACE: readonly string[] = ["key", "next", "delay"];

const FORMS: Readonly<Record<ActionKind, ComponentType<FormProps>>> = {
  tag: TagForm,
  list: ListForm,
  set_stage: SetStageForm,
  set_field: SetFieldForm,
  notify: NotifyForm,
  task: TaskForm,
  other_sequence: OtherSequenceForm,
  webhook: WebhookForm,
  suppress: SuppressForm,
};

interface StopActionsProps {
  readonly sequence: Sequence;
  readonly actions: readonly StopAction[];
  readonly faults: Faults;
  readonly readOnly: boolean;
  readonly onChange: (actions: readonly StopAction[]) => void;
}

/** What is done once, in order, when the stop rule has ended it. */
export function StopActions(props: StopActionsProps) {
  const { t } = useTranslation("sequences");
  const { actions, readOnly, onChange } = props;
  if (readOnly && actions.length === 0) return null;
  return (
    <div className={classes.block} role="group" aria-label={t("stops.then")}>
      <Text fw={500}>{t("stops.then")}</Text>
      <Text fz="xs" c="dimmed">
        {t("stops.thenHint")}
      </Text>
      {actions.map((action, index) => (
        <Action key={index} {...props} action={action} index={index} />
      ))}
      {!readOnly && actions.length < MOST_ACTIONS && (
        <div data-adds="stop_when.actions">
          <AddAction
            onAdd={(kind) => {
              onChange([...actions, { kind }]);
              focusPlace(`stop_when.actions[${actions.length}]`, "first");
            }}
          />
        </div>
      )}
    </div>
  );
}

interface ActionProps extends StopActionsProps {
  readonly action: StopAction;
  readonly index: number;
}

function Action({ action, index, sequence, actions, faults, readOnly, onChange }: ActionProps) {
  const { t } = useTranslation("sequences");
  const step = asStep(action, index);
  const place = `stop_when.actions[${index}]`;
  const Form = FORMS[action.kind as ActionKind];
  return (
    <div className={classes.action} role="group" aria-label={kindWords(t, step)} data-place={place}>
      <Group gap={6} mih={32} wrap="nowrap">
        <KindIcon kind={step.kind} />
        <Text fw={500} flex={1}>
          {kindWords(t, step)}
        </Text>
        {!readOnly && index > 0 && (
          <ActionIcon
            size="sm"
            aria-label={t("stops.up")}
            title={t("stops.up")}
            onClick={() => {
              onChange(actions.toSpliced(index, 1).toSpliced(index - 1, 0, action));
            }}
          >
            <IconArrowUp size={14} aria-hidden />
          </ActionIcon>
        )}
        {!readOnly && (
          <ActionIcon
            size="sm"
            aria-label={t("stops.removeAction")}
            title={t("stops.removeAction")}
            onClick={() => {
              onChange(actions.toSpliced(index, 1));
              focusAdding("stop_when.actions");
            }}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      <Form
        step={step}
        sequence={sequence}
        readOnly={readOnly}
        isLast
        problems={() => problemsOf(faults, place)}
        acts={{
          change: (_, fields) => {
            onChange(actions.with(index, { ...action, ...fields }));
          },
        }}
      />
      <Notes sentences={faultsAt(faults, place).filter((each) => faults[place] === each)} />
    </div>
  );
}

/** The faults within an action as the forms of steps show theirs. */
function problemsOf(faults: Faults, place: string): readonly FlowProblem[] {
  const begin = `${place}.`;
  return Object.entries(faults).flatMap(([path, message]) =>
    path.startsWith(begin)
      ? [
          {
            code: path,
            severity: "error" as const,
            path: path.slice(begin.length),
            message,
            cure: "",
            step: null,
          },
        ]
      : [],
  );
}

function AddAction({ onAdd }: { readonly onAdd: (kind: ActionKind) => void }) {
  const { t } = useTranslation("sequences");
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <Button size="xs" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />}>
          {t("stops.addAction")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {ACTION_KINDS.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={<KindIcon kind={kind} />}
            onClick={() => {
              onAdd(kind);
            }}
          >
            {kindWords(t, { kind })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function asStep(action: StopAction, index: number): Step {
  return { ...action, key: `stop_${index}`, next: null } as unknown as Step;
}

/** Return the rule with its actions as they are sent: no place in a flow, no defaults. */
export function withoutPlace(rule: StopWhen): StopWhen {
  const actions = (rule.actions ?? []).map((action, index) => {
    const kept = Object.entries(pruned(asStep(action, index))).filter(([field]) => !PLACE.includes(field));
    return { ...Object.fromEntries(kept), kind: action.kind };
  });
  return { ...rule, actions };
}

const NO_FLOW = { format: 1, start: null, steps: [] } as const;

/** Say what is done then, as one sentence; empty where nothing is. */
export function actionWords(t: TFunction<"sequences">, { actions = [] }: StopWhen): readonly string[] {
  if (actions.length === 0) return [];
  const each = actions.map((action, index) =>
    isActionWhole(action)
      ? stepTitle(t, asStep(action, index), NO_FLOW).replace(/[.…]+$/, "")
      : `${kindWords(t, asStep(action, index))} …`,
  );
  return [t("stops.thenWords", { what: each.join("; ") }).replace("….", "…")];
}
