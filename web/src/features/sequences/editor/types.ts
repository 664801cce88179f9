import type { FlowProblem } from "@/api/sequenceContent";
import type { Moment } from "@/flow/days";
import type { FlowDocument } from "@/flow/document";
import type { Acts } from "./useActs";

/** What every drawing of the steps gets. */
export interface LineProps {
  readonly document: FlowDocument;
  readonly days: ReadonlyMap<string, Moment>;
  readonly chosen: string | undefined;
  readonly problems: (key: string) => readonly FlowProblem[];
  readonly readOnly: boolean;
  readonly acts: Acts;
}
