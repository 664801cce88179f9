// What the server found wrong with a setting: sentences by path, such as `triggers.any[0].becomes.rules[1].value`.
import type { Condition } from "@/flow/condition";
import { isWithin } from "@/flow/places";
import { pathWords, rulesOf } from "@/flow/rules";

export type Faults = Readonly<Record<string, string>>;

/** Return the sentences that belong to a place or to something within it. */
export function faultsAt(faults: Faults, place: string): readonly string[] {
  return Object.entries(faults).flatMap(([path, sentence]) => (isWithin(path, place) ? [sentence] : []));
}

/** Return the sentences about a condition that belong to none of its rules. */
export function faultsBesideRules(faults: Faults, place: string, condition: Condition): readonly string[] {
  const rules = rulesOf(condition).map(({ path }) => `${place}.${pathWords(path)}`);
  return Object.entries(faults).flatMap(([path, sentence]) =>
    isWithin(path, place) && !rules.some((rule) => isWithin(path, rule)) ? [sentence] : [],
  );
}
