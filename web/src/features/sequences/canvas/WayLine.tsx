import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "@/flow/layout";
import classes from "./Edge.module.css";
import type { WayData, WayEdge } from "./drawn";
import { useOverlay } from "./footers";
import { Plus } from "./Plus";
import { WayEnd } from "./WayEnd";
import { useCanvas } from "./room";

const THIN = 1.5;
const THICK = 3.5;
const WHOLE = 100;

/** A way between two nodes; as wide as the share of people who take it, where that is known. */
export const WayLine = memo(function WayLine({ id, data }: EdgeProps<WayEdge>) {
  const { shareOf } = useOverlay();
  if (data === undefined) return null;
  const share = shareOf?.(id);
  const width = share === undefined ? THIN : THIN + (THICK - THIN) * share;
  return (
    <>
      <path
        d={data.path}
        className={classes.way}
        data-role={data.role}
        data-chosen={data.chosen || undefined}
        style={{ strokeWidth: width }}
        data-edge={id}
      />
      {data.ends.map(({ x, y }) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={3.5} className={classes.dot} />
      ))}
      {data.ends[1] && <WayEnd edge={id} at={data.ends[1]} />}
      <EdgeLabelRenderer>
        <Name data={data} share={share} />
        <PlusOn data={data} />
      </EdgeLabelRenderer>
    </>
  );
});

function at({ x, y }: Point): CSSProperties {
  return { transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` };
}

function Name({ data, share }: { readonly data: WayData; readonly share: number | undefined }) {
  if (data.name === "" || data.nameAt === undefined) return null;
  const words = share === undefined ? data.name : `${data.name} · ${Math.round(share * WHOLE)} %`;
  return (
    <span className={classes.name} data-role={data.role} style={at(data.nameAt)} title={data.name}>
      {words}
    </span>
  );
}

function PlusOn({ data }: { readonly data: WayData }) {
  const { t } = useTranslation("sequences");
  const { readOnly } = useCanvas();
  if (readOnly || data.slot === undefined || data.plusAt === undefined) return null;
  const where = data.name === "" ? t("canvas.thisWay") : data.name;
  return (
    <span className={classes.onEdge} style={at(data.plusAt)}>
      <Plus slot={data.slot} where={where} />
    </span>
  );
}
