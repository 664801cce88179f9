import { Button, Text } from "@mantine/core";
import type { IconBolt } from "@tabler/icons-react";
import classes from "./Rules.module.css";

interface RuleSentenceProps {
  readonly icon: typeof IconBolt;
  readonly text: string;
  /** Nothing is set. */
  readonly quiet?: boolean;
}

/** What is set, as one sentence. */
export function RuleSentence({ icon: Icon, text, quiet = false }: RuleSentenceProps) {
  return (
    <div className={classes.sentence} data-quiet={quiet || undefined}>
      <Icon size={16} stroke={1.75} aria-hidden />
      <Text>{text}</Text>
    </div>
  );
}

/** Take the whole rule away. */
export function TakeAway({ label, onTake }: { readonly label: string; readonly onTake: () => void }) {
  return (
    <Button size="xs" variant="subtle" color="gray" onClick={onTake}>
      {label}
    </Button>
  );
}
