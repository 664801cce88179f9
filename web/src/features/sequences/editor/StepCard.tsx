import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconGripVertical } from "@tabler/icons-react";
import type { ButtonHTMLAttributes, CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument, Step } from "@/flow/document";
import { KindIcon } from "@/ui/kinds";
import { jobTypeOf, kindWords, noteWords, stepTitle } from "../stepWords";
import { worst } from "./problems";
import classes from "./Steps.module.css";

export interface Grip {
  readonly setHandle: (node: HTMLElement | null) => void;
  readonly handle: ButtonHTMLAttributes<HTMLButtonElement>;
  readonly style: CSSProperties;
  readonly setNode: (node: HTMLElement | null) => void;
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
export function StepCard({ grip, ...props }: StepCardProps) {
  const { t } = useTranslation("sequences");
  const face = <Face {...props} />;
  const marks = { "data-chosen": props.chosen || undefined, "data-problem": worst(props.problems) };
  if (grip === undefined) {
    return (
      <div className={classes.card} {...marks}>
        {face}
      </div>
    );
  }
  return (
    <div
      ref={grip.setNode}
      style={grip.style}
      className={classes.card}
      {...marks}
      data-dragged={grip.dragged || undefined}
    >
      {face}
      <UnstyledButton
        className={classes.grip ?? ""}
        ref={grip.setHandle}
        {...grip.handle}
        aria-label={t("line.drag")}
        title={t("line.drag")}
      >
        <IconGripVertical size={16} aria-hidden />
      </UnstyledButton>
    </div>
  );
}

function Face({ step, document, chosen, problems, onOpen }: Omit<StepCardProps, "grip">) {
  const { t } = useTranslation("sequences");
  return (
    <UnstyledButton
      className={classes.open ?? ""}
      data-step={step.key}
      aria-current={chosen ? "step" : undefined}
      onClick={onOpen}
    >
      <span className={classes.tile}>
        <KindIcon kind={step.kind} jobType={jobTypeOf(step)} />
      </span>
      <span className={classes.words}>
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
