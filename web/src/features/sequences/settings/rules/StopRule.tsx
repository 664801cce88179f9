import { Group, Title } from "@mantine/core";
import { IconHandStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import { entryOn, isWhole, written, type EntryKind, type StopWhen } from "@/flow/trigger";
import type { Faults } from "./faults";
import { Begin, RuleBuilder } from "./RuleBuilder";
import { RuleSentence, TakeAway } from "./RuleSentence";
import { SaveBar } from "./SaveBar";
import type { RulesProps } from "./Starts";
import { actionWords, StopActions, withoutPlace } from "./StopActions";
import { useRuleDraft } from "./useRuleDraft";
import { ruleWords } from "./words";

const USUAL: readonly EntryKind[] = ["becomes", "tag_added", "stage_changed", "list_left", "form_submitted"];

/** What ends it besides answers, and what is done then. */
export function StopRule({ sequence, readOnly }: RulesProps) {
  const { t } = useTranslation("sequences");
  const known = useFlowNames();
  const words = (rule: StopWhen | null) =>
    rule === null || rule.any.length === 0
      ? t("stops.none")
      : [ruleWords(t, "stops", rule, known), ...actionWords(t, rule)].join(" ");
  const draft = useRuleDraft<StopWhen | null>({
    sequence,
    read: (settings) => settings.stop_when as StopWhen | null,
    write: (rule) => ({ stop_when: rule === null ? null : { ...withoutPlace(written(rule)) } }),
    said: (rule) => t(rule === null ? "stops.off" : "stops.saved"),
    words,
  });
  const rule = draft.value;
  const isEmpty = rule === null || rule.any.length === 0;
  return (
    <section aria-label={t("stops.more")} style={{ borderTop: "1px solid var(--db-line)" }}>
      <Group justify="space-between" mih={42}>
        <Title order={3}>{t("stops.more")}</Title>
        {sequence.settings.stop_when !== null && !readOnly && (
          <TakeAway
            label={t("stops.remove")}
            onTake={() => {
              draft.save(null);
            }}
          />
        )}
      </Group>
      <RuleSentence icon={IconHandStop} quiet={isEmpty} text={words(rule)} />
      {isEmpty ? (
        !readOnly && (
          <Begin
            which="stops"
            place="stop_when"
            kinds={USUAL}
            onBegin={(kind) => {
              draft.edit({ ...rule, any: [entryOn(kind)] });
            }}
          />
        )
      ) : (
        <Written
          sequence={sequence}
          readOnly={readOnly}
          rule={rule}
          faults={draft.faults}
          onChange={draft.edit}
        />
      )}
      <SaveBar draft={draft} isWhole={rule === null || isWhole(rule)} />
    </section>
  );
}

interface WrittenProps extends RulesProps {
  readonly rule: StopWhen;
  readonly faults: Faults;
  readonly onChange: (rule: StopWhen) => void;
}

function Written({ sequence, readOnly, rule, faults, onChange }: WrittenProps) {
  const shared = { faults, readOnly };
  return (
    <>
      <RuleBuilder {...shared} which="stops" rule={rule} place="stop_when" onChange={onChange} />
      <StopActions
        {...shared}
        sequence={sequence}
        actions={rule.actions ?? []}
        onChange={(actions) => {
          onChange({ ...rule, actions });
        }}
      />
    </>
  );
}
