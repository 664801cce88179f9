import { IconBolt } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Sequence } from "@/api/sequences";
import { entryOn, isWhole, written, type EntryKind, type Trigger } from "@/flow/trigger";
import { Panel } from "@/ui/Panel";
import { Automatic } from "./Automatic";
import { Matched } from "./Matched";
import { Begin, RuleBuilder } from "./RuleBuilder";
import { RuleSentence, TakeAway } from "./RuleSentence";
import { SaveBar } from "./SaveBar";
import { useRuleDraft } from "./useRuleDraft";
import { ruleWords } from "./words";

export interface RulesProps {
  readonly sequence: Sequence;
  readonly readOnly: boolean;
}

const USUAL: readonly EntryKind[] = [
  "tag_added",
  "list_joined",
  "contact_created",
  "form_submitted",
  "stage_changed",
  "date_reached",
  "becomes",
];

/** What enrolls people by itself: events and conditions, and whoever comes to fit. */
export function Starts({ sequence, readOnly }: RulesProps) {
  const { t } = useTranslation("sequences");
  const known = useFlowNames();
  const draft = useRuleDraft<Trigger | null>({
    sequence,
    read: (settings) => settings.triggers as Trigger | null,
    write: (rule) => ({ triggers: rule === null ? null : { ...written(rule) } }),
    said: (rule) => t(rule === null ? "starts.off" : "starts.saved"),
    words: (rule) => (rule === null ? t("starts.none") : ruleWords(t, "starts", rule, known)),
  });
  const rule = draft.value;
  const isEmpty = rule === null || rule.any.length === 0;
  return (
    <Panel
      title={t("starts.title")}
      right={
        sequence.settings.triggers !== null &&
        !readOnly && (
          <TakeAway
            label={t("starts.remove")}
            onTake={() => {
              draft.save(null);
            }}
          />
        )
      }
    >
      <RuleSentence
        icon={IconBolt}
        quiet={isEmpty}
        text={isEmpty ? t("starts.none") : ruleWords(t, "starts", rule, known)}
      />
      {isEmpty ? (
        !readOnly && (
          <Begin
            which="starts"
            place="triggers"
            kinds={USUAL}
            onBegin={(kind) => {
              draft.edit({ ...rule, any: [entryOn(kind)] });
            }}
          />
        )
      ) : (
        <RuleBuilder
          which="starts"
          rule={rule}
          place="triggers"
          faults={draft.faults}
          readOnly={readOnly}
          onChange={draft.edit}
        />
      )}
      <SaveBar draft={draft} isWhole={rule === null || isWhole(rule)} />
      <Automatic sequence={sequence} readOnly={readOnly} />
      <Matched sequence={sequence} />
    </Panel>
  );
}
