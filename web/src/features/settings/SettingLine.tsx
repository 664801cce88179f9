import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { Sentence } from "@/ui/Sentence";
import classes from "./Settings.module.css";

interface SettingLineProps {
  /** The sentence, with the places of its pickers. */
  readonly text: string;
  readonly parts: Readonly<Record<string, ReactNode>>;
  /** What it changes right now. */
  readonly effect: string;
}

/** One setting: a sentence that can be changed where it stands, and what it changes. */
export function SettingLine({ text, parts, effect }: SettingLineProps) {
  return (
    <Box className={classes.line}>
      <Sentence text={text} parts={parts} />
      <Text fz="xs" c="dimmed" maw={560}>
        {effect}
      </Text>
    </Box>
  );
}
