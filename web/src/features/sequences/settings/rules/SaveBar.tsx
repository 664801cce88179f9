import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MeanwhileLine } from "./MeanwhileLine";
import classes from "./Rules.module.css";
import type { RuleDraft } from "./useRuleDraft";

interface SaveBarProps<Value> {
  readonly draft: RuleDraft<Value>;
  /** It says everything that it needs to. */
  readonly isWhole: boolean;
}

/** Save or discard what is being written. */
export function SaveBar<Value>({ draft, isWhole }: SaveBarProps<Value>) {
  const { t } = useTranslation("sequences");
  if (!draft.isChanged) return null;
  const isMarked = Object.keys(draft.faults).length > 0;
  const mustChoose = draft.meanwhile?.theirs !== undefined;
  return (
    <div className={classes.foot} role="status">
      <MeanwhileLine draft={draft} />
      {!mustChoose && <Acts draft={draft} isWhole={isWhole} />}
      {draft.failed !== undefined && !mustChoose && (
        <Text role="alert" c="var(--db-red)" flex="1 1 100%">
          {isMarked ? t("rule.marked") : draft.failed || t("rule.failed")}
        </Text>
      )}
    </div>
  );
}

function Acts<Value>({ draft, isWhole }: SaveBarProps<Value>) {
  const { t } = useTranslation("sequences");
  return (
    <>
      <Text c="dimmed" flex="1 1 220px">
        {t(isWhole ? "rule.unsaved" : "rule.incomplete")}
      </Text>
      {draft.undo && (
        <Button variant="subtle" onClick={draft.undo}>
          {t("rule.undo")}
        </Button>
      )}
      <Button variant="default" onClick={draft.discard}>
        {t("rule.discard")}
      </Button>
      <Button
        variant="light"
        disabled={!isWhole}
        loading={draft.isSaving}
        onClick={() => {
          draft.save();
        }}
      >
        {t("rule.save")}
      </Button>
    </>
  );
}
