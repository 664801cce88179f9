import { Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";

interface SentenceProps {
  /** From the catalog, with the places of the pickers in single braces: "Send on {days} from {from} to {until}." */
  readonly text: string;
  readonly parts: Readonly<Record<string, ReactNode>>;
}

/** A setting that reads as a sentence; each language puts the pickers where it wants them. */
export function Sentence({ text, parts }: SentenceProps) {
  return (
    <Text component="div" inherit lh={2.2}>
      {text.split(/\{(\w+)\}/).map((piece, index) => (
        // Every second piece is the name of a picker.
        <Fragment key={`${index}${piece}`}>{index % 2 === 0 ? piece : parts[piece]}</Fragment>
      ))}
    </Text>
  );
}
