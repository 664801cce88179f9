import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import { ConditionBuilder } from "@/dialogs/condition/ConditionBuilder";
import type { Condition } from "@/flow/condition";
import type { FlowDocument } from "@/flow/document";
import { stepTitle } from "../stepWords";
import { Notes } from "./Notes";

interface StepConditionProps {
  readonly condition: Condition;
  readonly document: FlowDocument;
  /** Where the condition stands in its step: `only_if`, `branches[0].condition`. */
  readonly place: string;
  readonly problems: readonly FlowProblem[];
  readonly readOnly: boolean;
  readonly onChange: (condition: Condition) => void;
}

const SENDS: readonly string[] = ["email", "sms", "whatsapp", "voice"];

/** A condition within a flow: it may ask for messages of other steps, and the check tells what is wrong with it. */
export function StepCondition({ document, problems, ...props }: StepConditionProps) {
  const { t } = useTranslation("sequences");
  const steps = document.steps
    .filter(({ kind }) => SENDS.includes(kind))
    .map((step) => ({ key: step.key, title: stepTitle(t, step, document) }));
  return (
    <ConditionBuilder
      {...props}
      steps={steps}
      noteAt={(place) => <Notes problems={problems} place={place} />}
    />
  );
}
