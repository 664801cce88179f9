import type { TFunction } from "i18next";
import { entriesOf, percents } from "@/flow/branches";
import { delayOf } from "@/flow/delay";
import type { Kind, Step, StepOf } from "@/flow/document";
import { DEFAULTS } from "@/flow/fields";
import { conditionIn, delayWords, type Known } from "../stepWords";

type T = TFunction<"sequences">;

export interface WayWords {
  readonly name: string;
  /** When the way is taken, where its name does not say it. */
  readonly when: string;
}

/** Return what a way out of a step is called, and when it is taken. */
export function wayWords(t: T, step: Step, way: string, known: Known): WayWords {
  const [, place] = way.split(".");
  if (place !== undefined) return entryWords(t, step, Number(place), known);
  if (way === "next") return { name: t(`way.next.${nextOf(step)}`), when: "" };
  if (way !== "timed_out") return { name: t(`way.${way as "qualified"}`), when: "" };
  const limit = step.kind === "wait_for" ? (step.time_limit ?? DEFAULTS.wait_for.time_limit) : "";
  return { name: t("way.timed_out"), when: t("way.after", { delay: delayWords(t, delayOf(limit)) }) };
}

function nextOf(step: Step) {
  const named = ["wait_for", "ai_decide", "ai_qualify", "split"] as const;
  return named.find((kind) => kind === step.kind) ?? "condition";
}

function entryWords(t: T, step: Step, index: number, known: Known): WayWords {
  const name = entriesOf(step)[index]?.name ?? "";
  const when = WHEN[step.kind] as When<Kind> | undefined;
  return {
    name: name.trim() === "" ? t("way.unnamed", { number: index + 1 }) : name,
    when: when?.(t, step, index, known) ?? "",
  };
}

type When<K extends Kind> = (t: T, step: StepOf<K>, index: number, known: Known) => string | undefined;

/** When a way is taken that a step names itself. */
const WHEN: { readonly [K in Kind]?: When<K> } = {
  condition: (t, { branches = [] }, index, known) => {
    const branch = branches[index];
    return branch && conditionIn(t, branch.condition, known);
  },
  split: (_, { arms = [] }, index) => {
    const shares = percents(arms.map(({ weight = 1 }) => weight));
    return `${shares[index] ?? 0} %`;
  },
  ai_decide: (_, { branches = [] }, index) => branches[index]?.description,
};
