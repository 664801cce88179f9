import { ViewportPortal } from "@xyflow/react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import classes from "./Lead.module.css";
import { useCanvas } from "./room";
import type { HeldEnd, Leads } from "./leads";

/** The end of a way while it is dragged, and what letting it go would do. */
export function LeadLine() {
  const { leads } = useCanvas();
  return leads && <Line leads={leads} />;
}

function Line({ leads }: { readonly leads: Leads }) {
  const held = useSyncExternalStore(leads.held.subscribe, leads.held.get);
  if (held === undefined) return null;
  const { from, at, box, why } = held;
  return (
    <ViewportPortal>
      <svg className={classes.sheet} data-lead>
        {box && (
          <rect
            className={classes.target}
            data-refused={why}
            data-target={held.over}
            x={box.x - AROUND}
            y={box.y - AROUND}
            width={box.width + 2 * AROUND}
            height={box.height + 2 * AROUND}
            rx={ROUND}
          />
        )}
        <path className={classes.line} data-refused={why} d={`M${from.x} ${from.y}L${at.x} ${at.y}`} />
      </svg>
      <span
        className={classes.words}
        data-refused={why}
        style={{ transform: `translate(${at.x + BESIDE}px, ${at.y + BESIDE}px)` }}
      >
        <Words held={held} titleOf={leads.titleOf} />
      </span>
    </ViewportPortal>
  );
}

const BESIDE = 14;
// Where a node that is let go on is outlined: around it, in its own shape.
const AROUND = 5;
const ROUND = 14;

interface WordsProps extends Pick<Leads, "titleOf"> {
  readonly held: HeldEnd;
}

function Words({ held: { over, why }, titleOf }: WordsProps) {
  const { t } = useTranslation("sequences");
  if (over === undefined) return t("leading.hint");
  return why === undefined ? t("leading.fits", { step: titleOf(over) }) : t(`leading.refused.${why}`);
}
