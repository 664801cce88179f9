import { useTranslation } from "react-i18next";
import { comingTo } from "@/flow/blocks";
import type { FlowDocument, Step } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { connect, targetOf } from "@/flow/slots";
import { stepAt } from "@/flow/ways";
import { PickOne } from "@/ui/picks";
import { stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";

interface WayOnProps extends Pick<InspectorProps, "step" | "document" | "acts" | "readOnly"> {
  /** `next`, `branches.0`, `timed_out`. */
  readonly way: string;
  readonly label: string;
}

const END = "";

/** Where one way of a step leads: to its end, or to a step that lies ahead. */
export function WayOn({ step, document, acts, readOnly, way, label }: WayOnProps) {
  const { t } = useTranslation("sequences");
  const slot = { step: step.key, way };
  const to = targetOf(document, slot);
  const offered = stepsAhead(document, step, to);
  return (
    <PickOne
      label={label}
      disabled={readOnly}
      options={[
        ...offered.map((each) => ({
          value: each.key,
          label: t("wayOn.step", { step: stepTitle(t, each, document) }),
        })),
        { value: END, label: t("wayOn.end") },
      ]}
      value={to ?? END}
      onChange={(key) => {
        acts.edit((held) => connect(held, slot, key === END ? null : key));
      }}
    />
  );
}

/** List the steps that do not lead back here, in the order of the line; to go back there is a kind of its own. */
export function stepsAhead(document: FlowDocument, step: Step, to: string | null): readonly Step[] {
  const before = comingTo(document, step.key);
  return inOrder(document)
    .filter((key) => key === to || !before.has(key))
    .flatMap((key) => stepAt(document, key) ?? []);
}
