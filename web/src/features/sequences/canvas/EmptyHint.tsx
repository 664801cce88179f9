import { Panel } from "@xyflow/react";
import { useTranslation } from "react-i18next";
import type { FlowDocument } from "@/flow/document";
import classes from "./Canvas.module.css";

interface EmptyHintProps {
  readonly document: FlowDocument;
  readonly readOnly: boolean;
  readonly narrow: boolean;
}

/** Says how a flow begins, as long as it has no step. */
export function EmptyHint({ document, readOnly, narrow }: EmptyHintProps) {
  const { t } = useTranslation("sequences");
  if (readOnly || document.steps.length > 0) return null;
  return (
    <Panel position="bottom-center" className={classes.hint ?? ""}>
      {t(narrow ? "canvas.emptyNarrow" : "canvas.empty")}
    </Panel>
  );
}
