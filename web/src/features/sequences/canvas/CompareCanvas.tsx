import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sequence } from "@/api/sequences";
import { usePlaces } from "@/api/stepPositions";
import type { Comparison } from "@/flow/compare";
import type { Haunted } from "@/flow/ghosts";
import { edgeId } from "@/flow/graph";
import type { Point } from "@/flow/layout";
import type { Guide, Positions } from "@/flow/positions";
import { cellOf } from "@/ui/cell";
import { useSlimRail } from "@/ui/slimRail";
import type { LineProps } from "../editor/types";
import { Board } from "./Board";
import classes from "./Compare.module.css";
import type { StepNode, WayEdge } from "./drawn";
import { CanvasContext, type CanvasRoom } from "./room";
import { useDrawn, type Drawn } from "./useDrawn";
import { usePicked } from "./usePicked";
import { useSight } from "./useSight";

interface CompareCanvasProps extends LineProps {
  readonly sequence: Sequence;
  readonly haunt: Haunted;
  readonly comparison: Comparison;
  readonly narrow: boolean;
}

/** Two versions as one picture: what came and went, and ways that lead elsewhere. Nothing can be changed in it. */
export function CompareCanvas(props: CompareCanvasProps) {
  const places = usePlaces(props.sequence.id);
  return (
    <ReactFlowProvider>
      {/* Before, nothing is drawn that would jump. */}
      {places && <Sheet {...props} places={places} />}
    </ReactFlowProvider>
  );
}

const nothing = () => undefined;

function Sheet({ places, ...props }: CompareCanvasProps & { readonly places: Positions }) {
  useSlimRail(true);
  const { sequence, narrow, chosen, acts } = props;
  const drawn = useMarked(useDrawn(props, sequence, places), props);
  const picking = usePicked(drawn.nodes);
  useSight(drawn.layout, chosen, places);
  const { choose } = acts;
  const [room] = useState(() => still(choose));
  return (
    <CanvasContext value={room}>
      <Board
        drawn={drawn}
        nodes={picking.nodes}
        onNodesChange={picking.onNodesChange}
        dragging={false}
        narrow={narrow}
        onChoose={choose}
        onDrop={nothing}
        onLetGo={nothing}
        onPlace={nothing}
      >
        {null}
      </Board>
    </CanvasContext>
  );
}

/** A room in which steps are looked at. */
function still(choose: LineProps["acts"]["choose"]): CanvasRoom {
  const deeds = {
    choose,
    open: choose,
    add: nothing,
    addAfter: nothing,
    changeDelay: nothing,
    duplicate: nothing,
    remove: nothing,
    letGo: nothing,
  };
  return {
    deeds,
    over: cellOf(""),
    adding: cellOf(""),
    guides: cellOf<readonly Guide[]>([]),
    pulls: cellOf<ReadonlyMap<string, Point>>(new Map()),
    readOnly: true,
  };
}

/** Mark what is drawn: by its look, and in the words that are read aloud. */
function useMarked(drawn: Drawn, { haunt, comparison }: CompareCanvasProps): Drawn {
  const { t } = useTranslation("compare");
  return useMemo(() => {
    const changes = new Map(comparison.steps.map((change) => [change.key, change]));
    const nodes = drawn.nodes.map((node): StepNode => {
      const change = changes.get(node.id);
      const number = change === undefined ? node.data.number : (change.placeAfter ?? change.placeBefore ?? 0);
      if (change === undefined) return node;
      // `trouble` is the last of the words that a node is called by.
      const data = { ...node.data, number, trouble: t(`change.${change.kind}`) };
      return { ...node, className: classes[change.kind] ?? "", data };
    });
    const look = edgeLook(haunt, comparison);
    const edges = drawn.edges.map((edge): WayEdge => {
      const kind = look(edge);
      return kind === undefined ? edge : { ...edge, className: classes[`${kind}Way`] ?? "" };
    });
    return { ...drawn, nodes, edges };
  }, [drawn, haunt, comparison, t]);
}

/** Return what became of a way: it came or went with a step, or by itself, or it leads elsewhere. */
function edgeLook({ ghosts, kept }: Haunted, { steps, ways }: Comparison) {
  const added = new Set(steps.filter(({ kind }) => kind === "added").map(({ key }) => key));
  const led = new Map(
    ways.flatMap(({ step, drawn, before, news }) =>
      drawn === undefined || !news
        ? []
        : [[edgeId(step ?? "start", drawn), before === undefined ? "added" : "changed"] as const],
    ),
  );
  const isGone = ({ id, source, target }: WayEdge) =>
    ghosts.has(source) || ghosts.has(target) || placeOf(id) >= (kept.get(source) ?? Infinity);
  const isNew = ({ source, target }: WayEdge) => added.has(source) || added.has(target);
  return (edge: WayEdge) => {
    if (isGone(edge)) return "removed";
    return led.get(edge.id) ?? (isNew(edge) ? "added" : undefined);
  };
}

/** Return the place of a way among those that its step names itself. */
function placeOf(id: string): number {
  return Number(/\.(\d+)$/.exec(id)?.[1] ?? -1);
}
