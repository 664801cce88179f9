import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconGripVertical } from "@tabler/icons-react";
import type { ButtonHTMLAttributes, CSSProperties, Ref } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument, Step } from "@/flow/document";
import { KindIcon } from "@/ui/kinds";
import { jobTypeOf, kindWords, noteWords, stepTitle } from "../stepWords";
import { worst } from "./problems";
import classes from "./Steps.module.css";

export interface Grip {
  readonly handle: ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> };
  readonly style: CSSProperties;
  readonly ref: Ref<HTMLDivElement>;
  readonly dragged: boolean;
}

interface StepCardProps {
  readonly step: Step;
  readonly document: FlowDocument;
  readonly chosen: boolean;
  readonly problems: readonly FlowProblem[];
  readonly onOpen: () => void;
  readonly grip?: Grip | undefined;
}

/** A step on the line: kind and problems, what it says, and the quiet third line. */
export function StepCard({ step, document, chosen, problems, onOpen, grip }: StepCardProps) {
  const { t } = useTranslation("sequences");
  return (
    <div
      ref={grip?.ref}
      style={grip?.style}
      className={classes.card}
      data-chosen={chosen || undefined}
      data-problem={worst(problems)}
      data-dragged={grip?.dragged || undefined}
    >
      <UnstyledButton
        className={classes.open ?? ""}
        data-step={step.key}
        aria-current={chosen ? "step" : undefined}
        onClick={onOpen}
      >
        <span className={classes.tile}>
          <KindIcon kind={step.kind} jobType={jobTypeOf(step)} />
        </span>
        <span style={{ minWidth: 0, flex: 1 }}>
          <Group component="span" gap={8} wrap="nowrap">
            <Text span fz="xs" c="dimmed">
              {kindWords(t, step)}
            </Text>
            <ProblemCount problems={problems} />
          </Group>
          <Text span display="block" fw={600} truncate>
            {stepTitle(t, step, document)}
          </Text>
          <Text span display="block" fz="xs" c="dimmed" truncate>
            {noteWords(t, step).join(" · ")}
          </Text>
        </span>
      </UnstyledButton>
      {grip && (
        <UnstyledButton className={classes.grip ?? ""} aria-label={t("line.drag")} {...grip.handle}>
          <IconGripVertical size={16} aria-hidden />
        </UnstyledButton>
      )}
    </div>
  );
}

function ProblemCount({ problems }: { readonly problems: readonly FlowProblem[] }) {
  const { t } = useTranslation("sequences");
  const severity = worst(problems);
  if (severity === undefined) return null;
  const Icon = severity === "error" ? IconAlertOctagon : IconAlertTriangle;
  const count = problems.filter((problem) => problem.severity === severity).length;
  return (
    <Group
      component="span"
      gap={4}
      wrap="nowrap"
      c={severity === "error" ? "var(--db-red)" : "var(--db-amber)"}
      title={problems.map((problem) => problem.message).join("\n")}
    >
      <Icon size={14} stroke={1.75} aria-hidden />
      <Text span fz="xs" fw={500} inherit>
        {t(`problem.${severity}`, { count })}
      </Text>
    </Group>
  );
}
