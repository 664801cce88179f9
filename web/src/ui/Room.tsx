import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Room.module.css";

interface RoomProps {
  readonly title: string;
  /** What belongs to the title: a state, a clock. */
  readonly beside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One page: its head and what is in it. */
export function Room({ title, beside, actions, children }: RoomProps) {
  useDocumentTitle(`${title} · drumbeat`);
  return (
    <>
      <Group component="header" className={classes.head} gap="md" wrap="nowrap">
        <Title order={1}>{title}</Title>
        {beside}
        <Group ml="auto" gap="sm" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {children}
    </>
  );
}
