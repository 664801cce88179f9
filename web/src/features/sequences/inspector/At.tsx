import type { ReactNode } from "react";
import type { FlowProblem } from "@/api/sequenceContent";
import { problemsAt } from "@/flow/places";
import { worst } from "../editor/problems";
import classes from "./Inspector.module.css";
import { Notes } from "./Notes";

interface AtProps {
  /** The field within the step, as problems name it: `content.subject`, `branches[0].name`. */
  readonly place: string;
  readonly problems: readonly FlowProblem[];
  readonly children: ReactNode;
}

/** A field with what is wrong with it; the list of problems walks here. */
export function At({ place, problems, children }: AtProps) {
  return (
    <div className={classes.at} data-place={place} data-severity={worst(problemsAt(problems, place))}>
      {children}
      <Notes problems={problems} place={place} />
    </div>
  );
}
