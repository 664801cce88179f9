import { Text } from "@mantine/core";
import { type ReactNode, useId } from "react";
import classes from "./Panel.module.css";

interface PanelProps {
  readonly title: string;
  readonly note?: string;
  readonly children: ReactNode;
}

/** A card with a title and rows parted by hairlines. */
export function Panel({ title, note, children }: PanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <div className={classes.head}>
        <Text component="h2" id={id} fz="lg" lh="22px" fw={600}>
          {title}
        </Text>
        <Text fz="xs" c="var(--db-text-3)" className={classes.tabular}>
          {note}
        </Text>
      </div>
      <ul className={classes.rows}>{children}</ul>
    </section>
  );
}

export function PanelEmpty({ children }: { readonly children: ReactNode }) {
  return <li className={classes.empty}>{children}</li>;
}

interface PanelRowProps {
  readonly time: string;
  readonly icon: ReactNode;
  readonly who: string;
  readonly what: string;
  readonly end: ReactNode;
}

/** One line: when, who, what, and at the right what became of it. */
export function PanelRow({ time, icon, who, what, end }: PanelRowProps) {
  return (
    <li className={classes.row}>
      <span className={classes.time}>{time}</span>
      {icon}
      <span className={classes.text} title={what}>
        <b>{who}</b> {what}
      </span>
      <span className={classes.end}>{end}</span>
    </li>
  );
}
