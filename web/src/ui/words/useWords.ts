import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { english } from "./messages.en";

/** The sets of words: every code of the API is in one of them. */
export type Section = Exclude<keyof typeof english, "delayUnit">;

export interface Words {
  /** The word for a code of the API; a code that this page does not know is shown as it is, in plain letters. */
  readonly word: (section: Section, code: string) => string;
  /** "3 days": a number with its delay unit. */
  readonly delay: (count: number, unit: string) => string;
}

/** The words that all rooms share. */
export function useWords(): Words {
  const { t } = useTranslation("words");
  return useMemo(
    () => ({
      word: (section, code) => t(`${section}.${code}` as "state.active", { defaultValue: plain(code) }),
      delay: (count, unit) =>
        t(`delayUnit.${unit}` as "delayUnit.days", { count, defaultValue: `${count} ${plain(unit)}` }),
    }),
    [t],
  );
}

function plain(code: string): string {
  return code.replaceAll("_", " ");
}
