import { useTranslation } from "react-i18next";
import { useFlowNames } from "@/api/flowNames";
import type { Sequence } from "@/api/sequences";
import type { Trigger } from "@/flow/trigger";
import { automaticWords, ruleWords } from "./words";

/** Say what starts a sequence by itself, one sentence each; empty where nothing does. */
export function useStartWords({ triggers, ...settings }: Sequence["settings"]): readonly string[] {
  const { t } = useTranslation("sequences");
  const known = useFlowNames();
  const { auto_enroll, enrollment_criteria: criteria } = settings;
  return [
    ...(triggers === null ? [] : [ruleWords(t, "starts", triggers as unknown as Trigger, known)]),
    ...(auto_enroll && criteria !== null ? [automaticWords(t, criteria, known)] : []),
  ];
}
