import type { FlowProblem } from "@/api/sequenceContent";
import type { FlowDocument } from "@/flow/document";
import { ProblemList } from "../editor/ProblemList";
import classes from "./Canvas.module.css";

interface ProblemsProps {
  readonly problems: readonly FlowProblem[];
  readonly document: FlowDocument;
  readonly onWalk: (key: string) => void;
}

/** What is wrong with the flow; each line walks to its step. */
export function Problems(props: ProblemsProps) {
  if (props.problems.length === 0) return null;
  return (
    <div className={classes.panel}>
      <ProblemList {...props} />
    </div>
  );
}
