import type { FlowProblem } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Step } from "@/flow/document";
import type { Acts } from "../editor/useActs";

/** What the form of a step needs where the step stands in no flow: it can be changed, not moved. */
export interface FormProps {
  readonly step: Step;
  readonly sequence: Sequence;
  readonly problems: (key: string) => readonly FlowProblem[];
  readonly readOnly: boolean;
  readonly acts: Pick<Acts, "change">;
  /** It is done once after the end: nothing comes after it, so nothing waits for it. */
  readonly isLast?: boolean;
}
