import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useStepKinds } from "@/api/sequenceContent";
import { kindWords, stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";

/** A kind that this release cannot carry out: it stays as it is, and says what it lacks. */
export function NotYet({ step, document }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const offer = useStepKinds().data?.find((each) => each.kind === step.kind);
  return (
    <div>
      <Text>{t("inspector.notYet", { kind: kindWords(t, step) })}</Text>
      {offer !== undefined && offer.reason !== "" && <Text c="dimmed">{offer.reason}</Text>}
      <Text c="dimmed" mt="sm" style={{ whiteSpace: "pre-wrap" }}>
        {stepTitle(t, step, document)}
      </Text>
    </div>
  );
}
