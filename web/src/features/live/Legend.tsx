import { Divider, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Said } from "@/api/types";
import classes from "./Legend.module.css";

interface LegendProps {
  /** Some lines are so full that a dot stands for several people. */
  readonly sampled: boolean;
  /** The latest answer that ended a sequence, if one is in sight. */
  readonly answered: Said | undefined;
}

/** How to read the board, beside it. */
export function Legend({ sampled, answered }: LegendProps) {
  const { t } = useTranslation("live");
  return (
    <aside className={classes.legend}>
      <Note title={t(sampled ? "legend.many" : "legend.title")} text={t("legend.text")}>
        <Stack gap={4} mt={12}>
          <Key color="accent" text={t("legend.waits")} />
          <Key color="amber" text={t("legend.paused")} />
          <Key color="green" text={t("legend.replied")} />
        </Stack>
      </Note>
      {answered !== undefined && (
        <>
          <Divider my="md" color="var(--db-line)" />
          <Note
            title={t("legend.latest", { name: answered.contact })}
            text={t("legend.latestText", { count: answered.will_not_be_sent })}
          />
        </>
      )}
      <Divider my="md" color="var(--db-line)" />
      <Note title={t("legend.twice")} text={t("legend.twiceText")} />
    </aside>
  );
}

interface NoteProps {
  readonly title: string;
  readonly text: string;
  readonly children?: React.ReactNode;
}

function Note({ title, text, children }: NoteProps) {
  return (
    <section>
      <Text component="h2" fz="sm" fw={600}>
        {title}
      </Text>
      <Text fz="xs" lh="18px" c="dimmed" mt={4}>
        {text}
      </Text>
      {children}
    </section>
  );
}

function Key({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <Group gap={8} wrap="nowrap">
      <span className={classes.dot} style={{ background: `var(--db-${color})` }} />
      <Text fz="xs" lh="18px" c="dimmed">
        {text}
      </Text>
    </Group>
  );
}
