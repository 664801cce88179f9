import { Group, SimpleGrid, Text } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconPlayerPause } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { BoardLine, Next, Said } from "@/api/types";
import { type Arrivals, isFresh } from "@/flow/arrivals";
import classes from "./Lines.module.css";
import { Strip } from "./Strip";

const FLIES_FOR = 9_000;
const PULSES_FOR = 2_400;

const ONE_BELOW_THE_OTHER = 3;
const WIDE = 760;
const GUTTER = 40;
const SOON = 3;

interface LinesProps {
  readonly lines: readonly BoardLine[];
  readonly said: readonly Said[];
  readonly next: readonly Next[];
  readonly arrivals: Arrivals;
  readonly now: number;
  readonly clientNow: number;
}

/** Every running sequence as a line in time, with its people on it. */
export function Lines({ lines, said, next, arrivals, now, clientNow }: LinesProps) {
  const { ref, width: space } = useElementSize();
  const columns = lines.length > ONE_BELOW_THE_OTHER && space >= WIDE ? 2 : 1;
  const half = Math.floor((space - GUTTER) / 2);
  const fresh = (within: number, direction: string) =>
    said.filter((each) => each.direction === direction && isFresh(arrivals, each.id, clientNow, within));
  const leaving = fresh(PULSES_FOR, "out");
  const answering = fresh(FLIES_FOR, "in").filter((each) => each.word === "reply");
  return (
    <SimpleGrid ref={ref} cols={columns} spacing={GUTTER} verticalSpacing="lg">
      {space > 0 &&
        lines.map((each, index) => (
          <section
            key={each.sequence_id}
            className={columns === 2 && index === 0 ? classes.first : undefined}
            data-paused={each.status === "paused" || undefined}
          >
            <LineHead line={each} />
            <Strip
              line={each}
              width={columns === 2 && index > 0 ? half : space}
              now={now}
              soon={soonOn(each, next)}
              leaving={leaving.filter((one) => one.sequence_id === each.sequence_id)}
              answering={answering.filter((one) => one.sequence_id === each.sequence_id)}
            />
          </section>
        ))}
    </SimpleGrid>
  );
}

/** The few on this line who act next: they are drawn larger. */
function soonOn(line: BoardLine, next: readonly Next[]): ReadonlySet<string> {
  const own = next.filter((each) => each.sequence_id === line.sequence_id);
  return new Set(own.slice(0, SOON).map((each) => each.key));
}

function LineHead({ line }: { readonly line: BoardLine }) {
  const { t } = useTranslation("live");
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text component="h2" fz="sm" fw={600} truncate className={classes.name}>
        {line.name}
      </Text>
      <Group gap="md" wrap="nowrap" c="dimmed" fz="xs">
        {line.status === "paused" && (
          <Group gap={6} wrap="nowrap" fw={500} c="var(--db-text)">
            <IconPlayerPause size={14} stroke={1.75} color="var(--db-amber)" aria-hidden />
            {t("line.paused")}
          </Group>
        )}
        <Text span inherit c="var(--db-text-3)" className={classes.tabular}>
          {t("line.onTheWay", { count: line.on_the_way })}
        </Text>
      </Group>
    </Group>
  );
}
