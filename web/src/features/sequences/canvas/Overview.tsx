import { Panel, useReactFlow, useStore, useViewport } from "@xyflow/react";
import { memo, useDeferredValue, useEffect, useMemo, useRef, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Overview.module.css";
import type { StepNode } from "./drawn";
import { boundsOf, pathsOf, seenOn, type Frame } from "./minimap";
import { LEAST_ZOOM } from "./useSight";

const SIZE = { width: 168, height: 118 };
const CLOSEST = 2;
const PER_PIXEL = 0.002;

/** The whole flow in a corner: where one looks is framed, and dragging there looks elsewhere. */
export function Overview({ nodes }: { readonly nodes: readonly StepNode[] }) {
  // The map follows what is done on the sheet: it never holds it up.
  const later = useDeferredValue(nodes);
  const bounds = useMemo(() => boundsOf(later), [later]);
  return bounds && <Sheet nodes={later} bounds={bounds} />;
}

interface SheetProps {
  readonly nodes: readonly StepNode[];
  readonly bounds: Frame;
}

const Sheet = memo(function Sheet({ nodes, bounds }: SheetProps) {
  const { t } = useTranslation("sequences");
  const view = useView();
  const frame = seenOn(bounds, view, SIZE);
  const map = useRef<SVGSVGElement>(null);
  const hands = useHands(frame);
  useZoom(map);
  return (
    <Panel position="bottom-right" className={classes.map ?? ""}>
      <svg
        ref={map}
        {...SIZE}
        {...hands}
        viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`}
        role="img"
        aria-label={t("canvas.minimap")}
      >
        <Steps nodes={nodes} />
        <path className={classes.rest} fillRule="evenodd" d={`${outline(beyond(frame))}${outline(view)}`} />
      </svg>
    </Panel>
  );
});

const Steps = memo(function Steps({ nodes }: Pick<SheetProps, "nodes">) {
  const paths = pathsOf(nodes);
  return (["plain", "chosen", "error"] as const).map((look) => (
    <path key={look} className={classes.steps} data-look={look} d={paths[look]} />
  ));
});

function outline({ x, y, width, height }: Frame): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

/** Only what is in sight has an edge: that of the rest lies outside of the map. */
function beyond({ x, y, width, height }: Frame): Frame {
  return { x: x - width, y: y - height, width: 3 * width, height: 3 * height };
}

/** Return what of the flow is in sight. */
function useView(): Frame {
  const { x, y, zoom } = useViewport();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** Look at what is pressed, for as long as it is. */
function useHands({ width }: Frame) {
  const { getViewport, setViewport, setCenter } = useReactFlow();
  const scale = width / SIZE.width;
  return {
    onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
      const { currentTarget: map, clientX, clientY, pointerId } = event;
      map.setPointerCapture(pointerId);
      const at = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM()?.inverse());
      void setCenter(at.x, at.y, { zoom: getViewport().zoom });
    },
    onPointerMove: ({ currentTarget: map, pointerId, movementX, movementY }: PointerEvent<SVGSVGElement>) => {
      if (!map.hasPointerCapture(pointerId)) return;
      const { x, y, zoom } = getViewport();
      void setViewport({ x: x - movementX * scale * zoom, y: y - movementY * scale * zoom, zoom });
    },
  };
}

/** Look closer or less close by the wheel; the browser would move or enlarge the whole page. */
function useZoom(map: { readonly current: SVGSVGElement | null }): void {
  const { getViewport, zoomTo } = useReactFlow();
  useEffect(() => {
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const zoom = getViewport().zoom * 2 ** (-event.deltaY * PER_PIXEL);
      void zoomTo(Math.min(CLOSEST, Math.max(LEAST_ZOOM, zoom)));
    };
    const sheet = map.current;
    sheet?.addEventListener("wheel", turn, { passive: false });
    return () => sheet?.removeEventListener("wheel", turn);
  }, [map, getViewport, zoomTo]);
}
