import { Text, UnstyledButton } from "@mantine/core";
import { IconAlertOctagon, IconAlertTriangle, IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument } from "@/flow/document";
import { placeOf } from "@/flow/places";
import { stepAt } from "@/flow/ways";
import { saidOf } from "../lintWords";
import { stepTitle } from "../stepWords";
import { countOf } from "./problems";
import classes from "./ProblemList.module.css";
import { walkTo } from "./walkTo";

interface ProblemListProps {
  readonly problems: readonly FlowProblem[];
  readonly document: FlowDocument;
  readonly onWalk: (key: string) => void;
}

/** What is wrong with the flow, errors first; each line walks to its step. */
export function ProblemList({ problems, document, onWalk }: ProblemListProps) {
  const { t } = useTranslation("sequences");
  const [open, setOpen] = useState(false);
  if (problems.length === 0) return null;
  const [errors, warnings] = [countOf(problems, "error"), countOf(problems, "warning")];
  const counts = [
    ...(errors > 0 ? [t("problem.error", { count: errors })] : []),
    ...(warnings > 0 ? [t("problem.warning", { count: warnings })] : []),
  ];
  const Chevron = open ? IconChevronDown : IconChevronUp;
  return (
    <section className={classes.problems} aria-label={t("problem.list")}>
      <UnstyledButton
        className={classes.problem ?? ""}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <Sign severity={errors > 0 ? "error" : "warning"} />
        <Text span inherit fw={600} flex={1}>
          {counts.join(" · ")}
        </Text>
        <Chevron size={14} aria-hidden />
      </UnstyledButton>
      {open &&
        problems
          .toSorted((one, other) => one.severity.localeCompare(other.severity))
          .map((problem) => (
            <ProblemLine
              key={`${problem.code}${problem.path}`}
              problem={problem}
              document={document}
              onWalk={onWalk}
            />
          ))}
    </section>
  );
}

interface LineProps extends Omit<ProblemListProps, "problems"> {
  readonly problem: FlowProblem;
  /** Where one goes to mend what belongs to no step. */
  readonly room?: string;
}

const ROOMS: Readonly<Record<string, string>> = { postal_address_missing: "/settings/branding" };

/** One problem with its step; it walks to the field that it speaks of. */
export function ProblemLine({ problem, document, room = ROOMS[problem.code], onWalk }: LineProps) {
  const { t, i18n } = useTranslation("sequences");
  const step = stepAt(document, problem.step);
  const content = (
    <>
      <Sign severity={problem.severity} />
      <span>
        {step && (
          <Text span inherit fw={500}>
            {stepTitle(t, step, document)}:{" "}
          </Text>
        )}
        {saidOf(problem, i18n.language)}
      </span>
    </>
  );
  if (step === undefined && room !== undefined) {
    return (
      <Link className={classes.problem} to={room}>
        {content}
      </Link>
    );
  }
  if (step === undefined) return <div className={classes.problem}>{content}</div>;
  return (
    <UnstyledButton
      className={classes.problem ?? ""}
      onClick={() => {
        onWalk(step.key);
        walkTo(step.key, placeOf(problem));
      }}
    >
      {content}
    </UnstyledButton>
  );
}

export function Sign({ severity }: Pick<FlowProblem, "severity">) {
  const Icon = severity === "error" ? IconAlertOctagon : IconAlertTriangle;
  const color = severity === "error" ? "var(--db-red)" : "var(--db-amber)";
  return <Icon size={14} stroke={1.75} color={color} aria-hidden style={{ flex: "none", marginTop: 2 }} />;
}
