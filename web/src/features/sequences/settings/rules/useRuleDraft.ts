import { useState } from "react";
import { ApiError } from "@/api/client";
import { useChangeSettings, type Sequence, type SettingsChange } from "@/api/sequences";
import { type Draft, edited, takenBack } from "./drafts";
import type { Faults } from "./faults";

export interface RuleDraft<Value> {
  readonly value: Value;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** What the server found wrong with it, by path; empty once it is edited again. */
  readonly faults: Faults;
  /** The server's sentence where saving failed. */
  readonly failed: string | undefined;
  readonly edit: (value: Value) => void;
  /** Take back the last line that came or went; undefined where none did. */
  readonly undo: (() => void) | undefined;
  readonly discard: () => void;
  /** Save the draft, or what is given instead of it. */
  readonly save: (value?: Value) => void;
}

interface DraftOptions<Value> {
  readonly sequence: Sequence;
  readonly saved: Value;
  readonly write: (value: Value) => SettingsChange;
  /** Said by the toast. */
  readonly said: (value: Value) => string;
}

/** What is being written stays here until it is whole and saved: half a rule must start nobody. */
export function useRuleDraft<Value>({ sequence, saved, write, said }: DraftOptions<Value>): RuleDraft<Value> {
  const [draft, setDraft] = useState<Draft<Value>>();
  const change = useChangeSettings(sequence.id, () => said(draft === undefined ? saved : draft.value), {
    quiet: true,
  });
  const value = draft === undefined ? saved : draft.value;
  const problem = change.error instanceof ApiError ? change.error.problem : undefined;
  const put = (next: Draft<Value> | undefined) => {
    change.reset();
    setDraft(next);
  };
  const drop = () => {
    put(undefined);
  };
  return {
    value,
    isChanged: draft !== undefined,
    isSaving: change.isPending,
    faults: problem?.fields ?? {},
    failed: change.isError ? (problem?.detail ?? "") : undefined,
    edit: (next) => {
      put(edited(draft, saved, next));
    },
    undo: undoing(draft, saved, put),
    discard: drop,
    save: (next = value) => {
      setDraft({ value: next, before: [] });
      change.mutate({ change: write(next), before: write(saved) }, { onSuccess: drop });
    },
  };
}

function undoing<Value>(
  draft: Draft<Value> | undefined,
  saved: Value,
  put: (draft: Draft<Value> | undefined) => void,
): RuleDraft<Value>["undo"] {
  if (draft === undefined || draft.before.length === 0) return undefined;
  return () => {
    put(takenBack(draft, saved));
  };
}
