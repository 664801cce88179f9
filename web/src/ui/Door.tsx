import { Center, Paper, Stack, Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import type { ReactNode } from "react";

interface DoorProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** A page outside the rooms: one card, for those who are not signed in yet. */
export function Door({ title, children }: DoorProps) {
  useDocumentTitle(`${title} · drumbeat`);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder radius="lg" p="xl" w="100%" maw={440}>
        <Stack gap="sm">
          <Title order={1}>{title}</Title>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
