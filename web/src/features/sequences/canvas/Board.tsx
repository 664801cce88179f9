import {
  Background,
  BackgroundVariant,
  Panel,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type EdgeTypes,
  type NodeTypes,
  type OnNodesChange,
  type XYPosition,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "@/flow/layout";
import type { Slot } from "@/flow/ways";
import classes from "./Canvas.module.css";
import type { StepNode, WayEdge } from "./drawn";
import { EdgeFace } from "./EdgeFace";
import { DragHint, Guides } from "./Guides";
import { LeadLine } from "./LeadLine";
import { DRAGGED, offerOf, type Offer } from "../editor/offers";
import { slotAt } from "./places";
import { slotName, useCanvas } from "./room";
import { StepFace } from "./StepFace";
import type { Drawn } from "./useDrawn";
import { Overview } from "./Overview";
import { useMoving } from "./useMoving";
import { LEAST_ZOOM } from "./useSight";
import { WayLine } from "./WayLine";

const NODES: NodeTypes = { step: StepFace, edge: EdgeFace };
const EDGES: EdgeTypes = { way: WayLine };
const GRID = 20;

interface BoardProps {
  readonly drawn: Drawn;
  readonly nodes: StepNode[];
  readonly onNodesChange: OnNodesChange<StepNode>;
  readonly dragging: boolean;
  readonly narrow: boolean;
  readonly onChoose: (key: string | undefined, several: boolean) => void;
  readonly onDrop: (slot: Slot, offer: Offer) => void;
  /** A step was let go: over a place for it, or anywhere. */
  readonly onLetGo: (key: string, slot: Slot | undefined) => void;
  /** Steps were put down on free ground. */
  readonly onPlace: (points: ReadonlyMap<string, Point>) => void;
  readonly children: ReactNode;
}

/** The sheet itself: nodes, edges, and what happens when something is dragged over them. */
export function Board({ drawn, nodes, onNodesChange, narrow, onChoose, children, ...drop }: BoardProps) {
  const { t } = useTranslation("sequences");
  const { readOnly } = useCanvas();
  const { isMoving, ...handlers } = useDropping({ drawn, onNodesChange, ...drop });
  return (
    <div className={classes.board} data-dragging={drop.dragging || isMoving || undefined} data-canvas>
      <ReactFlow<StepNode, WayEdge>
        nodes={nodes}
        edges={drawn.edges as WayEdge[]}
        nodeTypes={NODES}
        edgeTypes={EDGES}
        onNodeClick={(event, { id }) => {
          onChoose(id, event.shiftKey);
        }}
        onPaneClick={() => {
          onChoose(undefined, false);
        }}
        {...handlers}
        nodesDraggable={!readOnly}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode="Shift"
        disableKeyboardA11y
        selectionMode={SelectionMode.Partial}
        minZoom={LEAST_ZOOM}
        maxZoom={2}
        panOnScroll
        zoomOnDoubleClick={false}
        nodeDragThreshold={4}
        proOptions={{ hideAttribution: true }}
        aria-label={t("canvas.title")}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.2} color="var(--db-line-strong)" />
        {!narrow && <Overview nodes={nodes} />}
        {children}
        <Guides />
        <LeadLine />
        {isMoving && (
          <Panel position="bottom-center" className={classes.through ?? ""}>
            <DragHint />
          </Panel>
        )}
      </ReactFlow>
    </div>
  );
}

export { Panel };

type Dropping = Pick<BoardProps, "drawn" | "onNodesChange" | "onDrop" | "onLetGo" | "onPlace">;

/** Say over which place something is held, and let it go there. */
function useDropping({ drawn, onDrop, ...wanted }: Dropping) {
  const { over } = useCanvas();
  const { screenToFlowPosition } = useReactFlow();
  const placeAt = (point: XYPosition, without?: string): Slot | undefined => {
    const found = slotAt(drawn.graph, drawn.layout, point, without);
    over.set(found === undefined ? "" : slotName(found));
    return found;
  };
  const at = (event: { readonly clientX: number; readonly clientY: number }) =>
    screenToFlowPosition({ x: event.clientX, y: event.clientY });
  const moving = useMoving({
    ...wanted,
    drawn,
    slotUnder: (event, without) => placeAt(at(pointerOf(event)), without),
  });
  return {
    ...moving,
    onDragOver: (event: React.DragEvent) => {
      if (!event.dataTransfer.types.includes(DRAGGED)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      placeAt(at(event));
    },
    onDrop: (event: React.DragEvent) => {
      const offer = offerOf(event.dataTransfer.getData(DRAGGED));
      const slot = placeAt(at(event));
      over.set("");
      if (offer !== undefined && slot !== undefined) onDrop(slot, offer);
    },
  };
}

function pointerOf(event: MouseEvent | TouchEvent): { readonly clientX: number; readonly clientY: number } {
  return "changedTouches" in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event;
}
