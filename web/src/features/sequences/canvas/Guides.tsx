import { ViewportPortal } from "@xyflow/react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { Guide } from "@/flow/positions";
import classes from "./Guides.module.css";
import { useCanvas } from "./room";

/** The lines along which a node that is dragged lies with others. */
export function Guides() {
  const { guides } = useCanvas();
  const lines = useSyncExternalStore(guides.subscribe, guides.get);
  return (
    <ViewportPortal>
      {lines.map((line) => (
        <span
          key={line.axis}
          className={classes.guide}
          data-axis={line.axis}
          style={place(line)}
          data-guide
        />
      ))}
    </ViewportPortal>
  );
}

function place({ axis, at, from, to }: Guide) {
  const [x, y] = axis === "x" ? [at, from] : [from, at];
  return { transform: `translate(${x}px, ${y}px)`, [axis === "x" ? "height" : "width"]: to - from };
}

/** Says, while something is dragged, what letting it go would do. */
export function DragHint() {
  const { t } = useTranslation("sequences");
  const { over } = useCanvas();
  const isOver = useSyncExternalStore(over.subscribe, () => over.get() !== "");
  return (
    <span className={classes.hint} data-over={isOver || undefined}>
      {t(isOver ? "positions.joins" : "positions.stays")}
    </span>
  );
}
