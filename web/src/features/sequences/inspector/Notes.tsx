import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import { problemsAt } from "@/flow/places";
import { Sign } from "../editor/ProblemList";
import { cureOf, saidOf } from "../lintWords";
import classes from "./Inspector.module.css";

interface NotesProps {
  readonly problems: readonly FlowProblem[];
  /** The field within the step: `content.subject`. */
  readonly place: string;
}

/** What is wrong with one field, right below it. */
export function Notes({ problems, place }: NotesProps) {
  const { language } = useTranslation("sequences").i18n;
  return problemsAt(problems, place).map((problem) => (
    <div
      key={`${problem.code}${problem.path}${problem.message}`}
      className={classes.note}
      role="note"
      title={cureOf(problem, language)}
    >
      <Sign severity={problem.severity} />
      <Text span fz="xs">
        {saidOf(problem, language)}
      </Text>
    </div>
  ));
}
