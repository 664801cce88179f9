import type { ReactNode } from "react";
import classes from "./Sheet.module.css";

interface SheetProps {
  /** What stands above the text, as from whom to whom; one without a value is left out. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly children: ReactNode;
}

/** A message as it would leave: its facts, and below them its text. */
export function Sheet({ facts, children }: SheetProps) {
  const known = facts.filter(({ value }) => value !== "");
  return (
    <div className={classes.sheet}>
      {known.length > 0 && (
        <dl className={classes.facts}>
          {known.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
    </div>
  );
}

/** The text of the message. */
export function SheetText({
  dimmed = false,
  children,
}: {
  readonly dimmed?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.text} data-dimmed={dimmed || undefined}>
      {children}
    </div>
  );
}
