// What the line and the canvas draw of a comparison: the flow of now with the steps that are gone, and what became of each.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWindow } from "@/api/sequenceContent";
import { moments } from "@/flow/days";
import { haunted, type Haunted } from "@/flow/ghosts";
import { IDLE } from "../editor/idle";
import type { Overlay } from "../canvas/footers";
import { openDays } from "../editor/openDays";
import type { LineProps } from "../editor/types";
import type { Compared } from "./useSides";

export interface Drawing extends LineProps {
  readonly haunt: Haunted;
  readonly overlay: Overlay;
}

const NO_PROBLEMS = () => [];

/** Draw two flows as one, in which nothing can be changed. */
export function useDrawing(
  id: number,
  { sides, comparison }: Compared,
  chosen: string | undefined,
  choose: (key: string | undefined) => void,
): Drawing {
  const { t } = useTranslation("compare");
  const window = useWindow(id);
  const haunt = useMemo(() => haunted(sides.before, sides.after), [sides]);
  const days = useMemo(() => moments(sides.after, new Date(), openDays(window)), [sides, window]);
  const overlay = useMemo(() => {
    const kinds = new Map(comparison.steps.map(({ key, kind }) => [key, kind]));
    const changeOf = (step: string) => {
      const kind = kinds.get(step);
      return kind && { kind, words: t(`change.${kind}`) };
    };
    return { changeOf };
  }, [comparison, t]);
  return {
    haunt,
    overlay,
    document: haunt.document,
    days,
    chosen,
    problems: NO_PROBLEMS,
    readOnly: true,
    acts: { ...IDLE, choose },
  };
}
