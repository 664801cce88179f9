import { Box, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Settings.module.css";

interface TableSectionProps {
  readonly title: string;
  readonly intro?: string;
  /** The one act of the section. */
  readonly act?: ReactNode;
  /** A table, which fills the width of the page. */
  readonly children: ReactNode;
}

/** A section that is a list: its name, what it is about, its act, its table. */
export function TableSection({ title, intro, act, children }: TableSectionProps) {
  return (
    <section aria-label={title}>
      <Group wrap="nowrap" gap="md" align="flex-start" mb="sm">
        <div>
          <Title order={2}>{title}</Title>
          {intro !== undefined && (
            <Text c="dimmed" maw={620}>
              {intro}
            </Text>
          )}
        </div>
        <Box ml="auto" style={{ flex: "none" }}>
          {act}
        </Box>
      </Group>
      <Box className={classes.table}>{children}</Box>
    </section>
  );
}
