import { useReactFlow } from "@xyflow/react";
import { useEffect, type PointerEvent } from "react";
import type { Point } from "@/flow/layout";
import classes from "./Lead.module.css";
import { useCanvas } from "./room";
import type { Leads } from "./leads";

interface WayEndProps {
  readonly edge: string;
  readonly at: Point;
}

/** Where a way arrives: its end is taken and put on another step. */
export function WayEnd(props: WayEndProps) {
  const { leads, readOnly } = useCanvas();
  return !readOnly && leads && <End {...props} leads={leads} />;
}

const REACH = 11;

function End({ edge, at, leads }: WayEndProps & { readonly leads: Leads }) {
  const { screenToFlowPosition } = useReactFlow();
  useEffect(() => {
    const hear = ({ key }: KeyboardEvent) => {
      if (key === "Escape") leads.cancel();
    };
    window.document.addEventListener("keydown", hear);
    return () => {
      window.document.removeEventListener("keydown", hear);
    };
  }, [leads]);
  const isHeld = ({ currentTarget, pointerId }: PointerEvent<SVGElement>) =>
    currentTarget.hasPointerCapture(pointerId);
  return (
    <circle
      className={`nopan nodrag ${classes.end ?? ""}`}
      data-way-end={edge}
      cx={at.x}
      cy={at.y}
      r={REACH}
      onPointerDown={(event) => {
        event.stopPropagation();
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (isHeld(event)) leads.move(edge, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
      }}
      onPointerUp={() => {
        if (leads.held.get()?.edge === edge) leads.letGo();
      }}
      onPointerCancel={leads.cancel}
    />
  );
}
