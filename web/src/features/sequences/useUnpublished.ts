import { useComparison } from "@/api/sequenceContent";
import type { Sequence } from "@/api/sequences";
import type { Editor } from "./editor/useDraft";

/** Return how many steps of the working copy are other than in the version that runs. */
export function useUnpublished(sequence: Sequence, editor: Editor | undefined): number {
  const isChanged = sequence.version !== null && (editor?.copy.saved.changed ?? sequence.draft.changed);
  const before = isChanged ? String(sequence.version?.number) : undefined;
  const revision = editor?.copy.saved.revision ?? sequence.draft.revision;
  return useComparison(sequence.id, before, "draft", revision).data?.steps.length ?? 0;
}
