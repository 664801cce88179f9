import { Text } from "@mantine/core";
import { IconAlertOctagon } from "@tabler/icons-react";
import classes from "./Rules.module.css";

/** What is wrong, right below where it is. */
export function Notes({ sentences }: { readonly sentences: readonly string[] }) {
  return [...new Set(sentences)].map((sentence) => (
    <div key={sentence} className={classes.note} role="alert">
      <IconAlertOctagon size={14} stroke={1.75} color="var(--db-red)" aria-hidden />
      <Text span fz="xs">
        {sentence}
      </Text>
    </div>
  ));
}
