import { Anchor, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "./Panel.module.css";

interface PanelProps {
  readonly title: string;
  readonly count?: number;
  readonly link?: { readonly to: string; readonly label: string };
  /** At the right of the head, instead of a link. */
  readonly right?: ReactNode;
  /** A red border for what needs attention. */
  readonly tone?: "red";
  /** PanelRow, or anything. */
  readonly children: ReactNode;
}

/** A card with a head; its rows are parted by hairlines. */
export function Panel({ title, count, link, right, tone, children }: PanelProps) {
  return (
    <section className={classes.panel} data-tone={tone} aria-label={title}>
      <Group component="header" gap="sm" wrap="nowrap" className={classes.head}>
        <Title order={2}>{title}</Title>
        {count !== undefined && (
          <Text span inherit c="var(--db-text-3)" className="tabular">
            {count}
          </Text>
        )}
        <Group ml="auto" gap="sm" wrap="nowrap">
          {link && (
            <Anchor component={Link} to={link.to} inherit fw={500}>
              {link.label}
            </Anchor>
          )}
          {right}
        </Group>
      </Group>
      {children}
    </section>
  );
}

/** One line of a panel. */
export function PanelRow({ children }: { readonly children: ReactNode }) {
  return (
    <Group className={classes.row} gap="md" wrap="nowrap">
      {children}
    </Group>
  );
}
