import { type CSSProperties, memo } from "react";
import type { BoardPerson, BoardStep } from "@/api/types";
import { secondsAt, shareWaited, steady } from "@/flow/line";
import classes from "./Lines.module.css";

const SPREAD = 9;

interface PeopleProps {
  readonly people: readonly BoardPerson[];
  readonly steps: ReadonlyMap<string, BoardStep>;
  readonly at: (seconds: number) => number;
  readonly middle: number;
  readonly now: number;
  readonly soon: ReadonlySet<string>;
}

/** Everybody who waits, each as a dot at the share of the delay that has passed; they glide from look to look. */
export function People({ people, steps, at, middle, now, soon }: PeopleProps) {
  return people.map((person) => {
    const step = steps.get(person.step);
    // Whoever is at a step is counted beside its mark.
    if (step === undefined || person.state === "awaiting") return null;
    return (
      <Dot
        key={person.enrollment_id}
        person={person}
        x={Math.round(at(secondsAt(step, shareWaited(person, now))) * 10) / 10}
        y={middle}
        soon={soon.has(`enrollment:${person.enrollment_id}`)}
      />
    );
  });
}

interface DotProps {
  readonly person: BoardPerson;
  readonly x: number;
  readonly y: number;
  readonly soon: boolean;
}

const Dot = memo(function Dot({ person, x, y, soon }: DotProps) {
  const height = steady(person.enrollment_id);
  const place = y + (soon ? 0 : (height - 0.5) * 2 * SPREAD);
  const style: CSSProperties = { transform: `translate(${x}px, ${place.toFixed(1)}px)` };
  return (
    <g className={classes.person} style={style} data-state={person.state} data-soon={soon || undefined}>
      <title>{person.name}</title>
      <circle r={soon ? 4 : 2.7} opacity={soon ? 1 : 0.45 + steady(person.enrollment_id * 31) * 0.45} />
    </g>
  );
});
