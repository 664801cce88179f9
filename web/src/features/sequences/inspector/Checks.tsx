import { Button, Group, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import { Sign } from "../editor/ProblemList";
import { cureOf, saidOf } from "../lintWords";
import classes from "./Inspector.module.css";
import type { InspectorProps } from "./Inspector";
import { isDrawn } from "./drawn";
import { fixOf } from "./fixes";

/** What lint says of this step and no field of it shows, each with its fix, and one quiet line for what is fine. */
export function Checks({ step, document, problems, acts, readOnly }: InspectorProps) {
  const { t } = useTranslation("sequences");
  const all = problems(step.key);
  const found = all.filter((problem) => !isDrawn(problem, step.kind) || fixOf(problem, step, document));
  if (step.kind !== "email" && found.length === 0) return null;
  const has = (code: string) => all.some((problem) => problem.code === code);
  const fine = (["unknown_merge_tag", "merge_tag_without_fallback", "unsubscribe"] as const).filter(
    (code) => step.kind === "email" && !has(code) && !has("step_without_content"),
  );
  if (found.length === 0 && fine.length === 0) return null;
  return (
    <div className={classes.checks}>
      {found.map((problem) => {
        const fix = readOnly ? undefined : fixOf(problem, step, document);
        return (
          <Problem
            key={`${problem.code}${problem.path}${problem.message}`}
            problem={problem}
            {...(fix && {
              onFix: () => {
                acts.edit(fix);
              },
            })}
          />
        );
      })}
      {fine.length > 0 && (
        <Group gap="lg" px={12} py={9}>
          {fine.map((code) => (
            <Group key={code} gap={6} wrap="nowrap">
              <IconCheck size={14} stroke={1.75} color="var(--db-green)" aria-hidden />
              <Text fz="xs" c="dimmed">
                {t(`fine.${code}`)}
              </Text>
            </Group>
          ))}
        </Group>
      )}
    </div>
  );
}

interface ProblemProps {
  readonly problem: FlowProblem;
  readonly onFix?: () => void;
}

function Problem({ problem, onFix }: ProblemProps) {
  const { t, i18n } = useTranslation("sequences");
  const [open, setOpen] = useState(false);
  const fix = `fix.${problem.code}` as "fix.delay_too_short";
  return (
    <div className={classes.check}>
      <Sign severity={problem.severity} />
      <Text flex={1} miw={180} fz="xs">
        {saidOf(problem, i18n.language)}
        {open && (
          <Text span inherit c="dimmed">
            {" "}
            {cureOf(problem, i18n.language)}
          </Text>
        )}
      </Text>
      {onFix ? (
        <Button size="xs" variant="default" onClick={onFix}>
          {t(fix)}
        </Button>
      ) : (
        problem.cure !== "" && (
          <Button
            size="xs"
            variant="subtle"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t("problem.how")}
          </Button>
        )
      )}
    </div>
  );
}
