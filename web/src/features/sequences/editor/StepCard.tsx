import { Group, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import { useFlowNames } from "@/api/flowNames";
import type { FlowDocument, Step } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { KindIcon } from "@/ui/kinds";
import { useOverlay } from "../canvas/footers";
import { CardNumbers } from "../numbers/StepNumbers";
import { saidOf } from "../lintWords";
import { jobTypeOf, kindWords, noteWords, stepTitle } from "../stepWords";
import { openInspector } from "./openInspector";
import { worst } from "./problems";
import changes from "./Change.module.css";
import classes from "./Steps.module.css";

interface StepCardProps {
  readonly step: Step;
  readonly document: FlowDocument;
  readonly chosen: boolean;
  readonly problems: readonly FlowProblem[];
  readonly onOpen: () => void;
}

interface FrameProps extends StepCardProps {
  /** Measures the card and moves it while it is dragged. */
  readonly nodeRef?: (node: HTMLElement | null) => void;
  readonly style?: CSSProperties;
  readonly dragged?: boolean;
  readonly handle?: ReactNode;
}

/** A step on the line: kind and problems, what it says, and the quiet third line. */
export function StepCard({ nodeRef, style, dragged = false, handle, ...props }: FrameProps) {
  const change = useOverlay().changeOf?.(props.step.key);
  return (
    <div
      ref={nodeRef}
      style={style}
      className={`${classes.card ?? ""} ${changes.card ?? ""}`}
      data-chosen={props.chosen || undefined}
      data-problem={worst(props.problems)}
      data-change={change?.kind}
      data-dragged={dragged || undefined}
    >
      <Face {...props} />
      {handle}
      <CardNumbers step={props.step.key} />
    </div>
  );
}

function Face({ step, document, chosen, problems, onOpen }: StepCardProps) {
  const { t } = useTranslation("sequences");
  const { fields } = useFlowNames();
  const face = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) face.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const number = inOrder(document).indexOf(step.key) + 1;
  const notes = noteWords(t, step, { document, fields }).join(" · ");
  return (
    <UnstyledButton
      ref={face}
      className={classes.open ?? ""}
      data-step={step.key}
      aria-current={chosen ? "step" : undefined}
      onClick={({ detail }) => {
        onOpen();
        // Enter on a step goes on into its fields; a click leaves the focus where it is.
        if (detail === 0) openInspector(step.key);
      }}
    >
      <span className={classes.tile}>
        <KindIcon kind={step.kind} jobType={jobTypeOf(step)} />
      </span>
      <span className={classes.words}>
        <Group component="span" gap={8} wrap="nowrap">
          <VisuallyHidden component="span">{t("walking.number", { number })}</VisuallyHidden>
          <Text span fz="xs" c="dimmed">
            {kindWords(t, step)}
          </Text>
          <ProblemCount problems={problems} />
          <Change step={step.key} />
        </Group>
        <Text span display="block" fw={600} truncate>
          {stepTitle(t, step, document)}
        </Text>
        <Text span display="block" fz="xs" c="dimmed" truncate title={notes}>
          {notes}
        </Text>
      </span>
    </UnstyledButton>
  );
}

/** What became of the step since another version. */
function Change({ step }: { readonly step: string }) {
  const change = useOverlay().changeOf?.(step);
  return (
    change && (
      <span className={changes.change} data-change={change.kind}>
        {change.words}
      </span>
    )
  );
}

function ProblemCount({ problems }: { readonly problems: readonly FlowProblem[] }) {
  const { t, i18n } = useTranslation("sequences");
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
      title={problems.map((problem) => saidOf(problem, i18n.language)).join("\n")}
    >
      <Icon size={14} stroke={1.75} aria-hidden />
      <Text span fz="xs" fw={500} inherit>
        {t(`problem.${severity}`, { count })}
      </Text>
    </Group>
  );
}
