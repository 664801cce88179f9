import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Sentence } from "@/ui/Sentence";

interface LineProps {
  readonly text: string;
  readonly parts: Readonly<Record<string, ReactNode>>;
  /** What this setting changes right now. */
  readonly means?: string;
}

/** One setting: the sentence with its pickers, and what it means now. */
export function Line({ text, parts, means }: LineProps) {
  return (
    <Box py={8} style={{ borderTop: "1px solid var(--db-line)" }}>
      <Sentence text={text} parts={parts} />
      {means !== undefined && (
        <Text fz="xs" c="dimmed">
          {means}
        </Text>
      )}
    </Box>
  );
}
