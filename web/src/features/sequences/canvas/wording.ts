// What steps say on the canvas. A long flow has thousands of words, and an edit changes a few.
import type { TFunction } from "i18next";
import { delayOf } from "@/flow/delay";
import type { Moment } from "@/flow/days";
import type { Step } from "@/flow/document";
import { delayWords, jobTypeOf, kindWords, noteWords, stepTitle, type Known } from "../stepWords";

type T = TFunction<"sequences">;

/** What a step says by itself, wherever it stands. */
export interface Words {
  readonly kindWords: string;
  readonly title: string;
  readonly notes: string;
  readonly jobType: string;
  /** The delay before it as the document writes it; "" for none. */
  readonly delay: string;
  readonly delayWords: string;
}

/** Make the words of steps; those of a step that stayed the same object are not made again. */
export function wording(t: T): (known: Known) => (step: Step) => Words {
  const made = new WeakMap<Step, Words>();
  return (known) => (step) => {
    const before = made.get(step);
    if (before !== undefined) return before;
    const delay = delayOf(step.delay);
    const words = {
      kindWords: kindWords(t, step),
      title: stepTitle(t, step, known.document),
      notes: noteWords(t, step, known).join(" · "),
      jobType: jobTypeOf(step),
      delay: delay.value === 0 ? "" : (step.delay ?? ""),
      delayWords: delayWords(t, delay),
    };
    if (isAlone(step)) made.set(step, words);
    return words;
  };
}

/** Say whether a step's words name no other step and no field: they change with the step alone. */
function isAlone({ kind, only_if, on_skip, on_failure, ...step }: Step): boolean {
  const isOwn = kind !== "go_to" && !("job_type" in step && step.job_type === "follow_up_email");
  return isOwn && only_if == null && on_skip?.kind !== "step" && on_failure?.kind !== "step";
}

/** Says on which day a step comes: "" where nobody knows. */
export type DayWords = (moment: Moment | undefined) => string;

/** Make the words of days: where it is certain, or the first on which it may be. Each is made once. */
export function dayWording(t: T): DayWords {
  const made = { day: new Map<number, string>(), fromDay: new Map<number, string>() };
  return (moment) => {
    if (moment === undefined) return "";
    const { certain, day } = moment;
    const name = certain ? "day" : "fromDay";
    let words = made[name].get(day);
    if (words === undefined) {
      words = t(`canvas.${name}`, { day });
      made[name].set(day, words);
    }
    return words;
  };
}
