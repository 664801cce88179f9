import type { TFunction } from "i18next";
import type { Step } from "@/flow/document";

/** Return the name of a way out of a step: a branch, *else*, *timed out*. */
export function wayWords(t: TFunction<"sequences">, step: Step | undefined, way: string): string {
  const [list, index] = way.split(".");
  if (index !== undefined && step !== undefined) {
    const entries = ((step as unknown as Record<string, unknown>)[list ?? ""] ?? []) as readonly {
      name: string;
    }[];
    return entries[Number(index)]?.name ?? "";
  }
  const known = ["timed_out", "qualified", "unqualified", "target"] as const;
  const word = known.find((each) => each === way);
  return word === undefined ? t("way.else") : t(`way.${word}`);
}
