import { useState } from "react";
import { ApiError } from "@/api/client";
import { useChangeSettings, type Sequence, type SettingsChange } from "@/api/sequences";
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
  const [draft, setDraft] = useState<{ readonly value: Value }>();
  const change = useChangeSettings(sequence.id, () => said(draft === undefined ? saved : draft.value), {
    quiet: true,
  });
  const value = draft === undefined ? saved : draft.value;
  const problem = change.error instanceof ApiError ? change.error.problem : undefined;
  const drop = () => {
    change.reset();
    setDraft(undefined);
  };
  return {
    value,
    isChanged: draft !== undefined,
    isSaving: change.isPending,
    faults: problem?.fields ?? {},
    failed: change.isError ? (problem?.detail ?? "") : undefined,
    edit: (next) => {
      change.reset();
      setDraft({ value: next });
    },
    discard: drop,
    save: (next = value) => {
      setDraft({ value: next });
      change.mutate({ change: write(next), before: write(saved) }, { onSuccess: drop });
    },
  };
}
