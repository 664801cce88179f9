import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import type { Condition } from "@/flow/condition";
import { isConditionWhole } from "@/flow/trigger";
import { PickOne } from "@/ui/picks";
import { Line } from "../Line";
import { ConditionField } from "./ConditionField";
import classes from "./Rules.module.css";
import { SaveBar } from "./SaveBar";
import { useRuleDraft } from "./useRuleDraft";

interface AutomaticProps {
  readonly sequence: Sequence;
  readonly readOnly: boolean;
}

interface Automation {
  readonly on: boolean;
  readonly criteria: Condition;
  readonly atActivation: boolean;
}

/** Whether whoever comes to fit a condition is enrolled by itself. */
export function Automatic({ sequence, readOnly }: AutomaticProps) {
  const { t } = useTranslation("sequences");
  const draft = useRuleDraft<Automation>({
    sequence,
    read: (settings) => ({
      on: settings.auto_enroll,
      criteria: settings.enrollment_criteria ?? {},
      atActivation: settings.enroll_at_activation,
    }),
    write: ({ on, criteria, atActivation }) => ({
      auto_enroll: on,
      enrollment_criteria: isConditionWhole(criteria) ? { ...criteria } : null,
      enroll_at_activation: atActivation,
    }),
    said: () => t("automatic.saved"),
    words: ({ on }) => t(on ? "automatic.meansOn" : "automatic.meansOff"),
  });
  const { on, criteria, atActivation } = draft.value;
  const put = (change: Partial<Automation>) => {
    draft.edit({ ...draft.value, ...change });
  };
  return (
    <>
      <Line
        text={t("automatic.sentence")}
        means={t(on ? "automatic.meansOn" : "automatic.meansOff")}
        parts={{
          act: (
            <PickOne
              label={t("automatic.label")}
              disabled={readOnly}
              value={on ? "on" : "off"}
              options={[
                { value: "off", label: t("automatic.off") },
                { value: "on", label: t("automatic.on") },
              ]}
              onChange={(to) => {
                put({ on: to === "on" });
              }}
            />
          ),
        }}
      />
      {on && (
        <div className={classes.condition} role="group" aria-label={t("automatic.criteria")}>
          <Text fz="xs" c="dimmed" mb={6}>
            {t("automatic.criteria")}
          </Text>
          <ConditionField
            condition={criteria}
            place="enrollment_criteria"
            faults={draft.faults}
            readOnly={readOnly}
            onChange={(next) => {
              put({ criteria: next });
            }}
          />
        </div>
      )}
      {on && (
        <Line
          text={t("automatic.atActivation")}
          parts={{
            act: (
              <PickOne
                label={t("automatic.atActivationLabel")}
                disabled={readOnly}
                value={atActivation ? "also" : "not"}
                options={[
                  { value: "not", label: t("automatic.notThen") },
                  { value: "also", label: t("automatic.alsoThen") },
                ]}
                onChange={(to) => {
                  put({ atActivation: to === "also" });
                }}
              />
            ),
          }}
        />
      )}
      <SaveBar draft={draft} isWhole={!on || isConditionWhole(criteria)} />
    </>
  );
}
