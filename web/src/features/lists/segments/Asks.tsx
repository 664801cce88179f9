import { Button, Group, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMatches } from "@/api/conditions";
import { ConditionBuilder } from "@/dialogs/condition/ConditionBuilder";
import type { Condition } from "@/flow/condition";
import { isWithin } from "@/flow/places";
import { isComplete, rulesOf } from "@/flow/rules";
import classes from "./Segments.module.css";

interface AsksProps {
  readonly condition: Condition;
  readonly readOnly: boolean;
  readonly onChange: (condition: Condition) => void;
  /** Below the condition: what saves it. */
  readonly children?: ReactNode;
}

const TYPING = 400;

/** The condition of a segment, who fits it now, and what is wrong with it at its place. */
export function Asks({ condition, readOnly, onChange, children }: AsksProps) {
  const { t } = useTranslation("lists");
  const [before, setBefore] = useState<Condition>();
  const [asked] = useDebouncedValue(condition, TYPING);
  const problems = useMatches({ ...asked }, isWhole(asked)).data?.problems ?? [];
  return (
    <section className={classes.asks} aria-label={t("segments.asks")}>
      <Text c="dimmed">{t("segments.hint")}</Text>
      <ConditionBuilder
        condition={condition}
        place=""
        readOnly={readOnly}
        onChange={(next) => {
          setBefore(rulesOf(next).length < rulesOf(condition).length ? condition : undefined);
          onChange(next);
        }}
        noteAt={(place) =>
          problems
            .filter(({ path }) => isWithin(path, place))
            .map(({ code, path, message }) => (
              <div key={`${code}${path}`} className={classes.note} role="note">
                <IconAlertTriangle size={14} stroke={1.75} color="var(--db-amber)" aria-hidden />
                <Text span fz="xs">
                  {message}
                </Text>
              </div>
            ))
        }
      />
      {before !== undefined && (
        <Group gap={6} role="status">
          <Text c="dimmed">{t("segments.fewer")}</Text>
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              setBefore(undefined);
              onChange(before);
            }}
          >
            {t("segments.undo")}
          </Button>
        </Group>
      )}
      {children}
    </section>
  );
}

/** Tell whether it asks anything, and says with what it compares. */
export function isWhole(condition: Condition): boolean {
  const rules = rulesOf(condition);
  return rules.length > 0 && rules.every(({ rule }) => isComplete(rule));
}
