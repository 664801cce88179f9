import { ActionIcon, Anchor, Box, Group, Text, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "./Room.module.css";

interface RoomProps {
  readonly title: string;
  /** The room that this page belongs to, as a link before the title. */
  readonly within?: { readonly to: string; readonly title: string };
  /** What belongs to the title: a state, a clock. */
  readonly beside?: ReactNode;
  /** One quiet line after the title: counts, a greeting. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
  /** RoomTabs, below the head. */
  readonly tabs?: ReactNode;
  /** Give the content the gutter of the page; rooms that fill the width leave it out. */
  readonly padded?: boolean;
  readonly children: ReactNode;
}

/** One page: its head and what is in it. */
export function Room({ title, within, beside, meta, actions, tabs, padded = false, children }: RoomProps) {
  useDocumentTitle(`${title} · drumbeat`);
  return (
    <>
      <Group component="header" className={classes.head} gap="md" wrap="nowrap">
        {within && <Crumb {...within} />}
        <Title order={1} className={classes.title ?? ""} fz={within ? 17 : "h1"}>
          {title}
        </Title>
        {beside}
        {meta !== undefined && (
          <Text c="dimmed" truncate visibleFrom="md" miw={0}>
            {meta}
          </Text>
        )}
        <Group ml="auto" gap="sm" className={classes.actions ?? ""}>
          {actions}
        </Group>
      </Group>
      {tabs}
      {padded ? <Box className={classes.body}>{children}</Box> : children}
    </>
  );
}

/** On a phone and a tablet an arrow alone. */
function Crumb({ to, title }: { readonly to: string; readonly title: string }) {
  return (
    <>
      <ActionIcon component={Link} to={to} hiddenFrom="md" size="lg" ml={-8} aria-label={title}>
        <IconArrowLeft size={18} stroke={1.75} aria-hidden />
      </ActionIcon>
      <Group gap="sm" wrap="nowrap" visibleFrom="md">
        <Anchor component={Link} to={to} inherit className={classes.crumb ?? ""}>
          {title}
        </Anchor>
        <IconChevronRight size={14} stroke={1.75} color="var(--db-text-3)" aria-hidden />
      </Group>
    </>
  );
}
