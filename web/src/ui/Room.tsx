import { Group, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";
import classes from "./Room.module.css";

interface RoomProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One page: its head and what is in it. */
export function Room({ title, actions, children }: RoomProps) {
  useDocumentTitle(`${title} · drumbeat`);
  return (
    <>
      <Group component="header" className={classes.head} gap="md" wrap="nowrap">
        <Title order={1}>{title}</Title>
        <Group ml="auto" gap="sm" wrap="nowrap">
          {actions}
        </Group>
      </Group>
      {children}
    </>
  );
}
