import { ActionIcon, Group, Skeleton, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useVersions, type Version } from "@/api/sequenceContent";
import { EmptyRoom } from "@/ui/EmptyRoom";
import { useKeys } from "@/ui/keys";
import { later } from "@/ui/later";
import { OverlayProvider } from "./canvas/footers";
import { Bar } from "./compare/Bar";
import { Changes } from "./compare/Changes";
import classes from "./compare/Compare.module.css";
import { useDrawing } from "./compare/useDrawing";
import { useChosenSides, useCompared, type Compared } from "./compare/useSides";
import { Branches } from "./editor/Branches";
import { useSequenceContext, type SequenceContext } from "./SequenceContext";
import { useStepsView } from "./useStepsView";

const canvas = later(async () => (await import("./canvas/CompareCanvas")).CompareCanvas);

/** Two versions of the sequence, or one and the working copy, drawn as one: what came, went, changed and moved. */
export function Component() {
  const { t } = useTranslation("sequences");
  const context = useSequenceContext();
  const versions = useVersions(context.sequence.id).data?.items;
  if (versions === undefined || context.editor === undefined)
    return <Skeleton m="xl" height={200} w="auto" />;
  if (versions.length === 0) return <EmptyRoom title={t("history.none")} hint={t("history.noneHint")} />;
  return <Compare {...context} versions={versions} />;
}

interface CompareProps extends SequenceContext {
  readonly versions: readonly Version[];
}

function Compare({ versions, ...context }: CompareProps) {
  const chosen = useChosenSides(versions);
  const both = useCompared(context, chosen.before, chosen.after);
  return (
    <div className={classes.page}>
      <Bar {...context} chosen={chosen} versions={versions} both={both} />
      {both === undefined ? <Skeleton m="xl" height={200} w="auto" /> : <Both {...context} both={both} />}
    </div>
  );
}

/** The drawing at the left, the differences in words at the right; each leads to the other. */
function Both({ sequence, both }: SequenceContext & { readonly both: Compared }) {
  const { t } = useTranslation("compare");
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const [view] = useStepsView(sequence.id);
  const walk = useWalk(both);
  const { haunt, overlay, ...line } = useDrawing(sequence.id, both, walk.chosen, walk.choose);
  return (
    <OverlayProvider value={overlay}>
      <div className={classes.two}>
        <div className={classes.drawing} data-view={view}>
          {view === "canvas" ? (
            <canvas.Part {...line} {...{ sequence, haunt, narrow: isNarrow }} comparison={both.comparison} />
          ) : (
            <div className={classes.line} data-steps>
              <Branches {...line} />
            </div>
          )}
        </div>
        <section className={classes.panel} aria-label={t("list")} tabIndex={0}>
          <Walk walk={walk} count={both.comparison.steps.length} />
          <Changes
            comparison={both.comparison}
            sides={both.sides}
            chosen={walk.chosen}
            onChoose={walk.choose}
          />
        </section>
      </div>
    </OverlayProvider>
  );
}

type Walking = ReturnType<typeof useWalk>;

/** Walk from difference to difference, and begin again at the end. */
function useWalk({ comparison }: Compared) {
  const { t } = useTranslation("compare");
  const [params, setParams] = useSearchParams();
  const keys = comparison.steps.map(({ key }) => key);
  const chosen = params.get("step") ?? undefined;
  const at = chosen === undefined ? -1 : keys.indexOf(chosen);
  const choose = (key: string | undefined) => {
    setParams(
      (held) => {
        if (key === undefined) held.delete("step");
        else held.set("step", key);
        return held;
      },
      { replace: true },
    );
  };
  const by = (steps: 1 | -1) => () => {
    const from = at < 0 && steps < 0 ? 0 : at;
    const key = keys.at((from + steps) % keys.length);
    if (key !== undefined) choose(key);
  };
  const acts = [
    { id: "next", keys: "n", label: t("next"), act: by(1), repeats: true },
    { id: "previous", keys: "p", label: t("previous"), act: by(-1), repeats: true },
  ] as const;
  useKeys(t("keys"), acts);
  return { chosen, at, choose, acts };
}

const ARROWS = { next: IconArrowDown, previous: IconArrowUp };

function Walk({ walk: { at, acts }, count }: { readonly walk: Walking; readonly count: number }) {
  const { t } = useTranslation("compare");
  if (count === 0) return <Text c="dimmed">{t("equal")}</Text>;
  return (
    <Group gap="xs" mb="sm" wrap="nowrap">
      <Text fw={600}>{t("list")}</Text>
      <Text fz="xs" c="dimmed" ml="auto" className="tabular">
        {at >= 0 && t("walked", { at: at + 1, count })}
      </Text>
      {acts.map(({ id, keys, label, act }) => {
        const Arrow = ARROWS[id];
        const title = `${label} (${keys})`;
        return (
          <ActionIcon key={id} variant="default" size={28} aria-label={title} title={title} onClick={act}>
            <Arrow size={15} stroke={1.75} />
          </ActionIcon>
        );
      })}
    </Group>
  );
}
