import { useTranslation } from "react-i18next";
import { comingTo } from "@/flow/blocks";
import type { FlowDocument, Step } from "@/flow/document";
import { inOrder } from "@/flow/outline";
import { connect, targetOf } from "@/flow/slots";
import { START, stepAt } from "@/flow/ways";
import { PickOne } from "@/ui/picks";
import { stepTitle } from "../stepWords";
import type { InspectorProps } from "./Inspector";

interface WayOnProps extends Pick<InspectorProps, "document" | "acts" | "readOnly"> {
  /** undefined: the start. */
  readonly step: Step | undefined;
  /** `next`, `branches.0`, `timed_out`. */
  readonly way: string;
  readonly label: string;
}

const END = "";

/** Where one way of a step leads, or the start: to the end, or to a step that lies ahead. */
export function WayOn({ step, document, acts, readOnly, way, label }: WayOnProps) {
  const { t } = useTranslation("sequences");
  const slot = step === undefined ? START : { step: step.key, way };
  const to = targetOf(document, slot);
  const offered = step === undefined ? stepsOf(document, () => true) : stepsAhead(document, step, to);
  const titles = offered.map((each) => stepTitle(t, each, document));
  const names = apart(document, offered, titles);
  return (
    <PickOne
      label={label}
      disabled={readOnly}
      options={[
        ...offered.map(({ key }, index) => ({ value: key, label: t("wayOn.step", { step: names[index] }) })),
        { value: END, label: t("wayOn.end") },
      ]}
      value={to ?? END}
      onChange={(key) => {
        acts.edit((held) => connect(held, slot, key === END ? null : key));
      }}
    />
  );
}

/** Tell steps that are called alike apart, by their numbers. */
function apart(document: FlowDocument, steps: readonly Step[], titles: readonly string[]): readonly string[] {
  const [once, again] = [new Set<string>(), new Set<string>()];
  for (const title of titles) (once.has(title) ? again : once).add(title);
  const numbers = new Map(inOrder(document).map((key, index) => [key, index + 1]));
  return titles.map((title, index) =>
    again.has(title) ? `${numbers.get(steps[index]?.key ?? "") ?? ""} · ${title}` : title,
  );
}

/** List the steps that do not lead back here, in the order of the line; to go back there is a kind of its own. */
export function stepsAhead(document: FlowDocument, step: Step, to: string | null): readonly Step[] {
  const before = comingTo(document, step.key);
  return stepsOf(document, (key) => key === to || !before.has(key));
}

function stepsOf(document: FlowDocument, isMeant: (key: string) => boolean): readonly Step[] {
  return inOrder(document)
    .filter(isMeant)
    .flatMap((key) => stepAt(document, key) ?? []);
}
