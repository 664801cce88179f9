import { Text } from "@mantine/core";
import type { FlowProblem } from "@/api/sequenceContent";
import { problemsAt } from "@/flow/places";
import { Sign } from "../editor/ProblemList";
import classes from "./Inspector.module.css";

interface NotesProps {
  readonly problems: readonly FlowProblem[];
  /** The field within the step: `content.subject`. */
  readonly place: string;
}

/** What is wrong with one field, right below it. */
export function Notes({ problems, place }: NotesProps) {
  return problemsAt(problems, place).map(({ code, severity, path, message, cure }) => (
    <div key={`${code}${path}${message}`} className={classes.note} role="note" title={cure}>
      <Sign severity={severity} />
      <Text span fz="xs">
        {message}
      </Text>
    </div>
  ));
}
