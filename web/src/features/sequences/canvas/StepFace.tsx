import { Handle, type NodeProps, Position } from "@xyflow/react";
import { IconAlertOctagon, IconAlertTriangle } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { KindIcon } from "@/ui/kinds";
import classes from "./Node.module.css";
import sign from "./Sign.module.css";
import type { StepData, StepNode } from "./drawn";
import { useOverlay } from "./footers";
import { useCanvas } from "./room";
import { Stem } from "./Stem";
import { Tools } from "./Tools";

/** A step on the canvas: its kind and number, what it says, and a quiet row for words or numbers. */
export const StepFace = memo(function StepFace({ data, selected }: NodeProps<StepNode>) {
  const { deeds } = useCanvas();
  return (
    <div
      className={classes.node}
      data-pill={data.kind === "end" || undefined}
      data-chosen={data.chosen || undefined}
      data-picked={selected || undefined}
      data-problem={data.severity}
    >
      <Ports />
      <Stem data={data} />
      <button
        type="button"
        className={classes.face}
        data-step={data.key}
        aria-label={useLabel(data, selected)}
        aria-current={data.chosen ? "step" : undefined}
        onDoubleClick={() => {
          deeds.open(data.key);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          deeds.open(data.key);
        }}
      >
        {data.kind === "end" ? <Pill data={data} /> : <Rows data={data} />}
      </button>
      <Callout data={data} />
      {data.chosen && <Tools data={data} />}
    </div>
  );
});

export function Ports() {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} className={classes.port ?? ""} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes.port ?? ""} />
    </>
  );
}

function useLabel(
  { number, kindWords, title, way, when, delay, trouble, chosen }: StepData,
  picked: boolean,
): string {
  const { t } = useTranslation("sequences");
  const parts = [
    t("canvas.step", { number, kind: kindWords }),
    title,
    way === "" ? "" : t("walking.onWay", { way }),
    delay === "" ? "" : when,
    trouble,
    picked && !chosen ? t("walking.picked") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function Pill({ data }: { readonly data: StepData }) {
  return (
    <span className={classes.row}>
      <KindIcon kind={data.kind} size={14} />
      <span className={classes.pillTitle}>{data.title}</span>
    </span>
  );
}

function Rows({ data }: { readonly data: StepData }) {
  const { Footer, changeOf } = useOverlay();
  const change = changeOf?.(data.key);
  return (
    <>
      <span className={classes.row}>
        <KindIcon kind={data.kind} jobType={data.jobType} />
        <span className={classes.kind}>{data.kindWords}</span>
        {change && (
          <span className={classes.change} data-change={change.kind}>
            {change.words}
          </span>
        )}
        <span className={classes.number}>
          {Footer && isCrowded(data) && <SignOnly data={data} />}
          {data.number}
        </span>
      </span>
      <span className={classes.title}>{data.title}</span>
      <span className={classes.foot}>
        {Footer ? <Footer step={data.key} quiet={quietOf(data)} /> : quietOf(data)}
      </span>
    </>
  );
}

/** Whether there are words on what is wrong, and no room for them beside the node. */
function isCrowded({ severity, free }: StepData): boolean {
  return severity !== undefined && !free;
}

function quietOf(data: StepData): ReactNode {
  if (isCrowded(data)) return <Sign data={data} />;
  return data.notes !== "" && <span className={classes.quiet}>{data.notes}</span>;
}

/** What is wrong, in words beside the node: a ring alone says nothing. Without room there they stand in it. */
function Callout({ data }: { readonly data: StepData }) {
  if (data.severity === undefined || !data.free) return null;
  return (
    <span className={sign.callout} data-problem={data.severity} title={data.trouble} aria-hidden>
      <Sign data={data} />
    </span>
  );
}

/** Where numbers stand in the place of the words: the sign, so that the ring is not colour alone. */
function SignOnly({ data }: { readonly data: StepData }) {
  const Icon = data.severity === "error" ? IconAlertOctagon : IconAlertTriangle;
  return (
    <span className={sign.sign} data-problem={data.severity} title={data.trouble}>
      <Icon size={14} stroke={1.75} aria-hidden />
    </span>
  );
}

function Sign({ data }: { readonly data: StepData }) {
  const Icon = data.severity === "error" ? IconAlertOctagon : IconAlertTriangle;
  return (
    <span className={sign.sign} data-problem={data.severity} title={data.trouble}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span>{data.trouble.split("\n")[0]}</span>
    </span>
  );
}
