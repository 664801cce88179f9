import type { NodeProps } from "@xyflow/react";
import { IconBolt, IconFlag } from "@tabler/icons-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { START_ID } from "@/flow/graph";
import classes from "./Node.module.css";
import type { StepNode } from "./drawn";
import { LeadMenu } from "./LeadMenu";
import { useCanvas } from "./room";
import { Stem } from "./Stem";
import { Ports } from "./StepFace";

/** Where the flow starts, and where it ends. */
export const EdgeFace = memo(function EdgeFace({ data }: NodeProps<StepNode>) {
  const { t } = useTranslation("sequences");
  const { leads, readOnly } = useCanvas();
  if (data.kind === "finish") {
    return (
      <div className={classes.node} data-end>
        <Ports />
        <Stem data={data} />
        <span className={classes.finish}>
          <IconFlag size={14} stroke={1.75} aria-hidden />
          {data.title}
        </span>
      </div>
    );
  }
  return (
    <div className={classes.node}>
      <Ports />
      <span className={classes.face} data-still title={data.title}>
        <span className={classes.row}>
          <IconBolt size={16} stroke={1.75} aria-hidden />
          <span className={classes.kind}>{t("canvas.startsWhen")}</span>
          {!readOnly && leads && (
            <span className={`nodrag nopan ${classes.lead ?? ""}`}>
              <LeadMenu step={START_ID} leads={leads} />
            </span>
          )}
        </span>
        <span className={classes.title}>{data.title}</span>
      </span>
    </div>
  );
});
