import { useState } from "react";
import { ApiError } from "@/api/client";
import {
  useChangeSettings,
  type Sequence,
  type SequenceSettings,
  type SettingsChange,
} from "@/api/sequences";
import { same } from "@/flow/fields";
import { type Draft, edited, takenBack } from "./drafts";
import type { Faults } from "./faults";
import { met } from "./meeting";

/** Somebody else changed what is being written. */
export interface Meanwhile {
  readonly by: string | undefined;
  /** What it says now; undefined where both changes stand in the draft already. */
  readonly theirs: string | undefined;
  /** Go on with what is written here, knowing what it replaces. */
  readonly keep: () => void;
}

export interface RuleDraft<Value> {
  readonly value: Value;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** What the server found wrong with it, by path; empty once it is edited again. */
  readonly faults: Faults;
  /** The server's sentence where saving failed. */
  readonly failed: string | undefined;
  readonly meanwhile: Meanwhile | undefined;
  readonly edit: (value: Value) => void;
  /** Take back the last line that came or went; undefined where none did. */
  readonly undo: (() => void) | undefined;
  readonly discard: () => void;
  /** Save the draft, or what is given instead of it. */
  readonly save: (value?: Value) => void;
}

interface DraftOptions<Value> {
  readonly sequence: Sequence;
  readonly read: (settings: SequenceSettings) => Value;
  readonly write: (value: Value) => SettingsChange;
  /** Said by the toast. */
  readonly said: (value: Value) => string;
  /** What a value says, for one who has to choose. */
  readonly words: (value: Value) => string;
}

interface Begun<Value> extends Draft<Value> {
  /** The settings that it was written from. */
  readonly from: SequenceSettings;
  /** Both changes stand in it. */
  readonly isMet: boolean;
}

const REFUSED = "settings_conflict";

/** What is being written stays here until it is whole and saved: half a rule must start nobody. */
export function useRuleDraft<Value>({
  sequence,
  read,
  write,
  said,
  words,
}: DraftOptions<Value>): RuleDraft<Value> {
  const [draft, setDraft] = useState<Begun<Value>>();
  const { settings } = sequence;
  const saved = read(settings);
  const value = draft === undefined ? saved : draft.value;
  const change = useChangeSettings(sequence.id, () => said(value), { quiet: true });
  const fault = faultOf(change.error);
  const put = (next: Draft<Value> | undefined) => {
    change.reset();
    setDraft(next && { from: settings, isMet: false, ...draft, ...next });
  };
  const drop = () => {
    put(undefined);
  };
  const keep = () => {
    change.reset();
    setDraft(draft && { ...draft, from: settings, isMet: false });
  };
  const { base, isOther, both } = standing(draft, saved, read, change.isPending);
  // What can be brought together is, while it is drawn; what cannot waits for a choice.
  if (both !== undefined) setDraft(same(both.value, saved) ? undefined : begun(both.value, settings, true));
  const isTold = isOther || isBoth(draft);
  return {
    value,
    isChanged: draft !== undefined,
    isSaving: change.isPending,
    faults: fault.faults,
    failed: fault.failed,
    meanwhile: isTold ? { by: fault.by, theirs: isOther ? words(saved) : undefined, keep } : undefined,
    edit: (next) => {
      put(edited(draft, saved, next));
    },
    undo: undoing(draft, base, put),
    discard: drop,
    save: (next = value) => {
      const from = draft?.from ?? settings;
      setDraft(begun(next, from));
      change.mutate({ change: write(next), before: picked(from, write(next)) }, { onSuccess: drop });
    },
  };
}

/** Say what a draft was written from, and whether somebody wrote the same rule since. */
function standing<Value>(
  draft: Begun<Value> | undefined,
  saved: Value,
  read: DraftOptions<Value>["read"],
  isSaving: boolean,
) {
  if (draft === undefined) return { base: saved, isOther: false, both: undefined };
  const base = read(draft.from);
  const isOther = !isSaving && !same(base, saved);
  return { base, isOther, both: isOther ? met(base, draft.value, saved) : undefined };
}

type Fault = Pick<RuleDraft<unknown>, "faults" | "failed"> & Pick<Meanwhile, "by">;

function faultOf(error: Error | null): Fault {
  const problem = error instanceof ApiError ? error.problem : undefined;
  const { code, detail, fields = {} } = problem ?? {};
  if (code === REFUSED) return { faults: {}, failed: "", by: fields.saved_by };
  return { faults: fields, failed: error === null ? undefined : (detail ?? ""), by: undefined };
}

function begun<Value>(value: Value, from: SequenceSettings, isMet = false): Begun<Value> {
  return { value, before: [], from, isMet };
}

function isBoth<Value>(draft: Begun<Value> | undefined): boolean {
  return draft?.isMet === true;
}

function picked(settings: SequenceSettings, names: SettingsChange): SettingsChange {
  return Object.fromEntries(
    Object.keys(names).map((name) => [name, settings[name as keyof SequenceSettings]]),
  );
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
