// The two flows that are compared: versions, the working copy, or the one that was replaced last.
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useVersion, type Version } from "@/api/sequenceContent";
import { compared, type Comparison } from "@/flow/compare";
import type { FlowDocument } from "@/flow/document";
import { useReplaced } from "../history/useReplaced";
import type { SequenceContext } from "../SequenceContext";
import type { Sides } from "./words";

export const DRAFT = "draft";
/** The working copy that was replaced last. */
export const REPLACED = "replaced";

export interface Chosen {
  /** The number of a version, `draft` or `replaced`. */
  readonly before: string;
  readonly after: string;
  readonly choose: (sides: { readonly before?: string; readonly after?: string }) => void;
}

/** Which two the address names; the newest version and the working copy where it names none. */
export function useChosenSides(versions: readonly Version[]): Chosen {
  const [params, setParams] = useSearchParams();
  const known = new Set([DRAFT, REPLACED, ...versions.map(({ number }) => String(number))]);
  const of = (name: string, usual: string) => {
    const said = params.get(name);
    return said !== null && known.has(said) ? said : usual;
  };
  return {
    before: of("before", String(versions[0]?.number ?? DRAFT)),
    after: of("after", DRAFT),
    choose: (sides) => {
      setParams(
        (held) => {
          for (const [name, side] of Object.entries(sides)) held.set(name, side);
          held.delete("step");
          return held;
        },
        { replace: true },
      );
    },
  };
}

export interface Compared {
  readonly sides: Sides;
  readonly comparison: Comparison;
}

/** Compare two sides; undefined until both are there. */
export function useCompared(
  { sequence, editor }: Pick<SequenceContext, "sequence" | "editor">,
  before: string,
  after: string,
): Compared | undefined {
  const [was, is] = [
    useFlowOf(sequence.id, editor?.document, before),
    useFlowOf(sequence.id, editor?.document, after),
  ];
  return useMemo(
    () => (was && is ? { sides: { before: was, after: is }, comparison: compared(was, is) } : undefined),
    [was, is],
  );
}

function useFlowOf(id: number, draft: FlowDocument | undefined, side: string): FlowDocument | undefined {
  const version = useVersion(id, /^\d+$/.test(side) ? Number(side) : undefined).data;
  const { replaced } = useReplaced(id, draft);
  if (side === REPLACED) return replaced?.document;
  return side === DRAFT ? draft : (version?.document as unknown as FlowDocument | undefined);
}
