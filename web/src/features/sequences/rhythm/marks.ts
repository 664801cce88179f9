import type { Rhythm } from "@/api/sequences";
import type { RhythmMark } from "./Rhythm";

/** Return the steps that a strip draws. */
export function marksOf(rhythm: Rhythm): readonly RhythmMark[] {
  return rhythm.steps
    .filter((step) => step.drawn)
    .map((step) => ({
      key: step.key,
      kind: step.kind,
      jobType: step.job_type,
      day: step.day,
      name: step.label,
    }));
}
