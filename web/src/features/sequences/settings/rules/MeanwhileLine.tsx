import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { RuleDraft } from "./useRuleDraft";

interface MeanwhileLineProps<Value> {
  readonly draft: RuleDraft<Value>;
}

/** Somebody else changed what is being written: say it, and let one choose where both cannot stand. */
export function MeanwhileLine<Value>({ draft }: MeanwhileLineProps<Value>) {
  const { t } = useTranslation("sequences");
  const { meanwhile } = draft;
  if (meanwhile === undefined) return null;
  const name = meanwhile.by ?? t("meanwhile.somebody");
  if (meanwhile.theirs === undefined)
    return (
      <Text role="alert" flex="1 1 100%">
        {t("meanwhile.merged", { name })}
      </Text>
    );
  return (
    <>
      <Text role="alert" flex="1 1 100%">
        {t("meanwhile.changed", { name })} {t("meanwhile.theirs", { words: meanwhile.theirs })}
      </Text>
      <Button variant="default" onClick={draft.discard}>
        {t("meanwhile.take")}
      </Button>
      <Button variant="light" onClick={meanwhile.keep}>
        {t("meanwhile.keep")}
      </Button>
    </>
  );
}
