import { EdgeLabelRenderer, type EdgeProps } from "@xyflow/react";
import { memo, useSyncExternalStore, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { Point } from "@/flow/layout";
import { moved, pulled, pulledEnds } from "@/flow/pulled";
import { pathOf } from "@/flow/routes";
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
export const WayLine = memo(function WayLine({ id, source, target, data: still }: EdgeProps<WayEdge>) {
  const { shareOf } = useOverlay();
  const [byFrom, byTo] = [usePull(source), usePull(target)];
  if (still === undefined) return null;
  const data = byFrom || byTo ? following(still, byFrom, byTo) : still;
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

function usePull(node: string): Point | undefined {
  const { pulls } = useCanvas();
  return useSyncExternalStore(pulls.subscribe, () => pulls.get().get(node));
}

/** Return what a way shows while its nodes are dragged so far: there is no place on it for another step. */
function following(data: WayData, byFrom: Point | undefined, byTo: Point | undefined): WayData {
  const [from, to] = data.ends;
  if (from === undefined || to === undefined) return data;
  const ends = pulledEnds([from, to], byFrom, byTo);
  const nameAt = data.nameAt && moved(data.nameAt, byFrom);
  return { ...data, path: pathOf(pulled(ends)), ends, nameAt, plusAt: undefined };
}

function at({ x, y }: Point): CSSProperties {
  return { transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` };
}

function Name({ data, share }: { readonly data: WayData; readonly share: number | undefined }) {
  if (data.name === "" || data.nameAt === undefined) return null;
  const words = share === undefined ? data.name : `${data.own} · ${Math.round(share * WHOLE)} %`;
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
