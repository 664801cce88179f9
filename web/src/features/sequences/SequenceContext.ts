import { useOutletContext } from "react-router";
import type { Sequence } from "@/api/sequences";
import type { Editor } from "./editor/useDraft";

export interface SequenceContext {
  readonly sequence: Sequence;
  /** undefined until the working copy is there. */
  readonly editor: Editor | undefined;
  readonly mayEdit: boolean;
}

/** What the page of a sequence gives to its tabs. */
export function useSequenceContext(): SequenceContext {
  return useOutletContext<SequenceContext>();
}
