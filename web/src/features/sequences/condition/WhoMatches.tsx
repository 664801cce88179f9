import type { Condition } from "@/flow/condition";

/** How many people a condition holds for now, and a few of them. */
export function WhoMatches({ condition: _ }: { readonly condition: Condition }) {
  return null;
}
