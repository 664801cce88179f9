import { Collapse, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import type { FlowProblem } from "@/api/sequenceContent";
import { Sign } from "../editor/ProblemList";
import classes from "./Inspector.module.css";

interface SectionProps {
  readonly title: string;
  /** What holds now, readable without opening. */
  readonly now: string;
  /** Something within is wrong: it is open from the start. */
  readonly problem?: FlowProblem["severity"] | undefined;
  /** The field of the step that it holds: problems of it are walked to, also while it is shut. */
  readonly place?: string;
  readonly children: ReactNode;
}

/** Something that is seldom changed: one line that says what holds, and its fields when it is opened. */
export function Section({ title, now, problem, place, children }: SectionProps) {
  const [open, setOpen] = useState(problem !== undefined);
  // Lists of all steps lie in some: what nobody opened is not drawn.
  const [wasOpen, setWasOpen] = useState(open);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.more} data-place={place}>
      <UnstyledButton
        className={classes.summary ?? ""}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
          setWasOpen(true);
        }}
      >
        <Chevron size={16} stroke={1.75} color="var(--db-text-3)" style={{ flex: "none" }} aria-hidden />
        {title}
        {problem && <Sign severity={problem} />}
        <Text span c="dimmed" ml="auto" truncate>
          {now}
        </Text>
      </UnstyledButton>
      <Collapse expanded={open}>
        <div className={classes.detail}>{wasOpen && children}</div>
      </Collapse>
    </div>
  );
}
