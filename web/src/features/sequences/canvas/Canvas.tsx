import { VisuallyHidden } from "@mantine/core";
import { Panel, ReactFlowProvider } from "@xyflow/react";
import { memo, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import { stepAt } from "@/flow/ways";
import { useAnnouncer } from "@/ui/useAnnouncer";
import { useSteady } from "@/ui/useSteady";
import type { Offer } from "../editor/offers";
import type { LineProps } from "../editor/types";
import { CanvasNumbers } from "../numbers/CanvasNumbers";
import { SimulateHere } from "../numbers/SimulateHere";
import type { Overlay as StepsOverlay } from "../numbers/useSteps";
import type { SheetEditor } from "../sheet/useSheet";
import { Board } from "./Board";
import classes from "./Canvas.module.css";
import { EmptyHint } from "./EmptyHint";
import { NarrowPalette, Palette } from "./Palette";
import { Problems } from "./Problems";
import { CanvasContext } from "./room";
import { Toolbar, type ToolbarProps } from "./Toolbar";
import { useCanvasKeys } from "./useCanvasKeys";
import { useDeeds } from "./useDeeds";
import { useDrawn, type Drawn } from "./useDrawn";
import { useExports } from "./useExports";
import { usePicked } from "./usePicked";
import { usePlacing } from "./usePlacing";
import { usePositions, type Placing } from "./usePositions";
import { useRoom } from "./useRoom";
import { useSight } from "./useSight";

export interface CanvasProps extends LineProps {
  readonly sequence: Sequence;
  readonly editor: SheetEditor;
  readonly allProblems: readonly FlowProblem[];
  readonly narrow: boolean;
  /** What came of the steps, or would. */
  readonly overlay: StepsOverlay;
}

/** The flow as a picture that can be edited. */
export const Canvas = memo(function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <CanvasNumbers document={props.document}>
        <Sheet {...props} />
      </CanvasNumbers>
    </ReactFlowProvider>
  );
});

function Sheet(props: CanvasProps) {
  const { sequence, editor, allProblems, narrow, document, acts, readOnly } = props;
  const [dragging, setDragging] = useState(false);
  const placing = usePositions(sequence.id, editor);
  const drawn = useDrawn(props, sequence, placing.positions);
  const hands = useHands(props, drawn, placing);
  const { room, goTo, showAll, said, picking, several, placed, watched } = hands;
  const exports = useExports(drawn, sequence);
  const steady = useSteady({
    ...exports,
    put: (offer: Offer) => {
      const slot = several.behindChosen();
      if (slot !== undefined) several.put(slot, offer);
    },
    undo: watched.undo,
    redo: watched.redo,
    layOut: placed.layOut,
    showAll,
  });
  useCanvasKeys({
    editor,
    drawn,
    chosen: props.chosen,
    deeds: several,
    picked: () => picking.picked,
    pickAll: () => {
      hands.pick(document.steps.map(({ key }) => key));
    },
    pickAlso: hands.pickAlso,
    moveBy: hands.moveBy,
    goTo,
    showAll,
    placing: watched,
    layOut: placed.layOut,
    addAfter: room.deeds.addAfter,
    close: () => {
      hands.pick([]);
      acts.choose(undefined);
    },
  });
  const hasPalette = !readOnly && !narrow;
  return (
    <CanvasContext value={room}>
      <div className={classes.canvas} data-alone={!hasPalette || undefined}>
        {hasPalette && (
          <div className={classes.palette}>
            <Palette onAdd={steady.put} onDrag={setDragging} />
          </div>
        )}
        {placing.asked && (
          <Board
            drawn={drawn}
            nodes={picking.nodes}
            onNodesChange={picking.onNodesChange}
            dragging={dragging}
            narrow={narrow}
            onChoose={(key, isAlso) => {
              if (isAlso) return;
              hands.letGo();
              acts.choose(key);
            }}
            onDrop={several.put}
            onLetGo={(key, slot) => {
              picking.settle();
              const keys = picking.picked.includes(key) ? picking.picked : [key];
              if (slot !== undefined) several.move(keys, slot);
            }}
            onPlace={(points) => {
              picking.settle();
              placed.put(points);
            }}
          >
            <Panel position="top-left">
              <Corner {...props} {...placing} acts={steady} />
            </Panel>
            <Panel position="top-right" className={classes.through ?? ""}>
              <Problems problems={allProblems} document={document} onWalk={goTo} />
            </Panel>
            <EmptyHint {...{ document, readOnly, narrow }} />
            {!readOnly && narrow && (
              <Panel position="bottom-right">
                <NarrowPalette onAdd={steady.put} />
              </Panel>
            )}
          </Board>
        )}
        <VisuallyHidden aria-live="polite" role="status">
          {said}
        </VisuallyHidden>
      </div>
    </CanvasContext>
  );
}

interface CornerProps extends Omit<ToolbarProps, "store"> {
  readonly editor: SheetEditor;
  readonly overlay: StepsOverlay;
}

function Corner({ editor, overlay, readOnly, narrow, mayUndo, mayRedo, hasPlaces, acts }: CornerProps) {
  return (
    <>
      <Toolbar {...{ readOnly, narrow, mayUndo, mayRedo, hasPlaces, acts }} store={editor.store} />
      {!narrow && <SimulateHere overlay={overlay} />}
    </>
  );
}

/** Milliseconds after which a menu that closes has given the focus back to where it was. */
const AFTER_MENU = 60;

/** What is done by hand: choosing, picking, adding, and keeping in sight what it was done to. */
function useHands(props: CanvasProps, drawn: Drawn, placing: Placing) {
  const { said, say } = useAnnouncer();
  const picking = usePicked(drawn.nodes);
  const sight = useSight(drawn.layout, props.chosen, drawn.positions);
  // What was picked by its key stays so while one walks on.
  const [marked, setMarked] = useState<readonly string[]>([]);
  const goTo = (key: string) => {
    props.acts.choose(key);
    picking.pick(marked.length > 0 ? marked : [key]);
    sight.show(key);
    sight.focus(key);
  };
  const pick = (keys: readonly string[]) => {
    setMarked([]);
    picking.pick(keys);
  };
  const several = useDeeds({
    ...props,
    say,
    onKeys: pick,
    onAdded: (key) => {
      // On a phone the step's own page lies over the canvas and has the focus.
      if (!props.narrow) setTimeout(sight.focus, AFTER_MENU, key);
    },
  });
  const placed = usePlacing({
    placing,
    drawn,
    readOnly: props.readOnly,
    say,
    picked: () => (picking.picked.length > 0 ? picking.picked : [props.chosen ?? ""]),
    sight,
  });
  const { undo, redo } = placing;
  const { watchMoves } = sight;
  const turns = useMemo(
    () => ({
      undo: () => {
        watchMoves();
        undo();
      },
      redo: () => {
        watchMoves();
        redo();
      },
    }),
    [undo, redo, watchMoves],
  );
  const room = useRoom({ ...props, several, goTo, look: sight.look, drawn, placed, say });
  const { t } = useTranslation("sequences");
  const pickAlso = (key: string) => {
    const there = marked.filter((each) => stepAt(props.document, each) !== undefined);
    const keys = there.includes(key) ? there.filter((each) => each !== key) : [...there, key];
    setMarked(keys);
    picking.pick(keys);
    say(t("walking.said.picked", { count: keys.length }));
  };
  const moveBy = (key: string, by: number) => {
    props.acts.moveBy(key, by);
    say(t("canvas.said.moved", { count: 1 }));
  };
  return {
    room,
    pick,
    pickAlso,
    letGo: () => {
      setMarked([]);
    },
    moveBy,
    goTo,
    showAll: sight.showAll,
    said,
    picking,
    several,
    placed,
    watched: { ...placing, ...turns },
  };
}
